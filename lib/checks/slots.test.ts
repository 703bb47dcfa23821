import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { nextSlot } from "./slots";

const interval = fc.integer({ min: 1, max: 86_400 });
const time = fc.date({ min: new Date("2020-01-01"), max: new Date("2090-01-01"), noInvalidDate: true });

test("the next slot is after the time, at most one interval, and its own next slot is one interval on", () => {
  fc.assert(
    fc.property(fc.uuid(), interval, time, (id, intervalSeconds, after) => {
      const slot = nextSlot(id, intervalSeconds, after);
      const wait = slot.getTime() - after.getTime();
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(intervalSeconds * 1000);
      expect(nextSlot(id, intervalSeconds, slot).getTime() - slot.getTime()).toBe(intervalSeconds * 1000);
    }),
  );
});

test("1,000 checks every 20 s spread evenly: no second gets more than twice its share", () => {
  const seconds = Array.from({ length: 20 }, () => 0);
  for (let index = 0; index < 1_000; index++) {
    const second = Math.floor(nextSlot(randomUUID(), 20, new Date(0)).getTime() / 1000) % 20;
    seconds[second] = (seconds[second] ?? 0) + 1;
  }
  expect(Math.max(...seconds)).toBeLessThan(100);
  expect(Math.min(...seconds)).toBeGreaterThan(15);
});
