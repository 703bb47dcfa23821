import fc from "fast-check";
import { expect, test } from "vitest";
import { decideSlot, nextSlot } from "./sampling-slot";

const slot = new Date("2026-03-29T01:00:00Z");
const after = (ms: number) => new Date(slot.getTime() + ms);

test.each([
  [0, { action: "record", reason: "on time" }],
  [10_000, { action: "record", reason: "on time" }],
  [10_001, { action: "skip", reason: "woke late", lateMs: 10_001 }],
  [8 * 3_600_000, { action: "skip", reason: "woke late", lateMs: 8 * 3_600_000 }],
  [-1, { action: "wait", reason: "woke early", ms: 1 }],
])("woken %d ms after the minute", (ms, decision) => {
  expect(decideSlot(slot, after(ms))).toEqual(decision);
});

test("the next slot is the next full minute, never the present one", () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }), (now) => {
      const next = nextSlot(now).getTime();
      expect(next % 60_000).toBe(0);
      expect(next - now.getTime()).toBeGreaterThan(0);
      expect(next - now.getTime()).toBeLessThanOrEqual(60_000);
    }),
  );
});
