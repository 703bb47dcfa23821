import fc from "fast-check";
import { expect, test } from "vitest";
import { downSecondsOf } from "./down-seconds";
import { nextSlot } from "./slots";

const id = "7b0cf1d5-6c51-4d3b-9c0f-0d3bb0d5c0aa";
const start = nextSlot(id, 300, new Date("2027-03-01T10:00:00Z"));
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);

/** A failed run at so many seconds after a slot of the five-minute grid. */
const failed = (seconds: number, consecutiveFailures: number) =>
  downSecondsOf({
    check: { id, intervalSeconds: 300, scheduledAt: after(seconds), consecutiveFailures },
    status: "failed",
    nextDueAt: nextSlot(id, 300, after(seconds)),
  });

test("a failure counts from its slot to the next", () => {
  expect(failed(0, 0)).toBe(300);
  expect(failed(0, 4)).toBe(300);
});

test("what a run by hand finds out is down from then on, and is not counted twice when it was down before", () => {
  expect(failed(120, 0)).toBe(180);
  expect(failed(120, 1)).toBe(0);
});

test.each(["ok", "warning", "skipped"] as const)("%s is no downtime", (status) => {
  const check = { id, intervalSeconds: 300, scheduledAt: start, consecutiveFailures: 3 };
  expect(downSecondsOf({ check, status, nextDueAt: after(300) })).toBe(0);
});

test("however often it is run by hand while it is down, it was down for as long as it was", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 299 }),
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.integer({ min: 1, max: 6_000 })),
      (first, slots, byHand) => {
        const end = slots * 300;
        const grid = Array.from({ length: slots - 1 }, (_, index) => (index + 1) * 300);
        const runs = [first, ...grid, ...byHand.filter((at) => at > first && at < end)].sort((a, b) => a - b);
        const sum = runs.reduce((total, at, index) => total + failed(at, index), 0);
        expect(sum).toBe(end - first);
      },
    ),
  );
});
