import fc from "fast-check";
import { expect, test } from "vitest";
import { CHECK_STATUSES } from "./define-check";
import { WORKER_SILENT_AFTER_MS, staleAfterMs, stateOf } from "./displayed-state";

const now = new Date("2026-11-23T12:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const fresh = { id: "c1", status: "ok" as const, pausedAt: null, lastResultAt: ago(10), intervalSeconds: 60 };

test.each([
  ["a fresh result", fresh, ago(5), "ok"],
  ["a fresh failure", { ...fresh, status: "failed" as const }, ago(5), "failed"],
  ["paused, whatever it was", { ...fresh, pausedAt: ago(1) }, null, "paused"],
  ["no result yet", { ...fresh, status: null, lastResultAt: null }, ago(5), "unknown"],
  ["undecided below its threshold", { ...fresh, status: null }, ago(5), "unknown"],
  ["never any worker", fresh, null, "stale"],
  ["a worker silent for 91 s", fresh, ago(91), "stale"],
  ["a worker seen 90 s ago", fresh, ago(90), "ok"],
  ["1 min interval, result 2 min old", { ...fresh, lastResultAt: ago(120) }, ago(5), "ok"],
  ["1 min interval, result older than 2 min", { ...fresh, lastResultAt: ago(121) }, ago(5), "stale"],
  ["10 s interval, result 70 s old", { ...fresh, intervalSeconds: 10, lastResultAt: ago(70) }, ago(5), "ok"],
  ["10 s interval, result older than 70 s", { ...fresh, intervalSeconds: 10, lastResultAt: ago(71) }, ago(5), "stale"],
  [
    "1 h interval, result older than 2 h",
    { ...fresh, intervalSeconds: 3600, lastResultAt: ago(7201) },
    ago(5),
    "stale",
  ],
])("%s: %s", (_, check, workerLastSeenAt, expected) => {
  expect(stateOf(check, now, { workerLastSeenAt, maintained: new Map() })).toBe(expected);
});

test("in a maintenance window it is in maintenance, whatever its state; paused it is paused", () => {
  const watch = { workerLastSeenAt: ago(5), maintained: new Map([["c1", { label: "Upgrade", until: ago(-60) }]]) };
  expect(stateOf({ ...fresh, status: "failed" }, now, watch)).toBe("maintenance");
  expect(stateOf({ ...fresh, pausedAt: ago(1) }, now, watch)).toBe("paused");
  expect(stateOf({ ...fresh, id: "c2" }, now, watch)).toBe("ok");
});

test("nothing is green that is too old, or that no worker is watching", () => {
  const age = fc.option(fc.integer({ min: 0, max: 200_000 }));
  const interval = fc.integer({ min: 10, max: 86_400 });
  fc.assert(
    fc.property(
      fc.option(fc.constantFrom(...CHECK_STATUSES)),
      age,
      age,
      interval,
      (status, resultAge, workerAge, intervalSeconds) => {
        const lastResultAt = resultAge === null ? null : ago(resultAge);
        const state = stateOf({ id: "c1", status, pausedAt: null, lastResultAt, intervalSeconds }, now, {
          workerLastSeenAt: workerAge === null ? null : ago(workerAge),
          maintained: new Map(),
        });
        const old = resultAge === null || resultAge * 1000 > staleAfterMs(intervalSeconds);
        const silent = workerAge === null || workerAge * 1000 > WORKER_SILENT_AFTER_MS;
        if (old || silent) expect(["unknown", "stale"]).toContain(state);
      },
    ),
  );
});
