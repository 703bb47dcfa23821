import { expect, test } from "vitest";
import type { Operation } from "./aggregates";
import type { Reading } from "./read-statement";
import { coarserStep, MAX_ROWS, rowsRead, tooMuch } from "./reading-limit";
import { layGrid } from "./time-grid";

const to = new Date("2026-05-31T00:00:00Z");
const from = new Date("2026-05-01T00:00:00Z");
const grid = layGrid({ from, to, stepSeconds: 3_600, timezone: undefined, offsetSeconds: 0 });
const month = { from: from.getTime(), to: to.getTime() };

const reading = (operation: Operation, series: number, tier: "raw" | "hour" | "day"): Reading => ({
  operation,
  quantile: 0.5,
  isDistribution: operation === "sketch",
  grid,
  spans: { raw: [], hour: [], day: [], [tier]: [month] },
  members: Array.from({ length: series }, (_, id) => ({ id, slot: 0 })),
});

test.each([
  ["avg", 1, "raw", 43_200, true],
  ["avg", 50, "raw", 2_160_000, true],
  ["avg", 500, "raw", 21_600_000, false],
  ["avg", 500, "hour", 360_000, true],
  ["avg", 10_000, "hour", 7_200_000, false],
  ["avg", 10_000, "day", 300_000, true],
  ["sketch", 100, "hour", 1_800_000, true],
  ["sketch", 500, "hour", 9_000_000, false],
] as const)("30 days, %s of %d series by %s: %d rows", (operation, series, tier, rows, isAllowed) => {
  const read = rowsRead([reading(operation, series, tier)]);
  expect(read).toBe(rows);
  expect(read <= MAX_ROWS).toBe(isAllowed);
  expect(rowsRead([reading(operation, series, tier), reading(operation, series, tier)])).toBe(2 * rows);
});

test.each([
  [60, 3_600],
  [1_800, 3_600],
  [3_600, 86_400],
  [10_800, 86_400],
  [86_400, undefined],
])("a step of %d s reads less as %s", (step, coarser) => {
  expect(coarserStep(step)).toBe(coarser);
});

test.each([
  ["avg", 1_800, /a step of whole hours, like 3600, a shorter range, or labels that fewer series have/],
  ["avg", 3_600, /take a step of whole days, like 86400, a shorter range/],
  ["avg", 86_400, /take a shorter range, or labels/],
  ["percentile", 1_800, /take a shorter range, or labels/],
] as const)("%s in steps of %d s: what to narrow", (operation, step, message) => {
  const problem = tooMuch(["load", "load"], [reading(operation, 500, "raw")], step);
  expect(problem.kind).toBe("invalid");
  expect(problem.message).toMatch(
    /load would be read from about 21\.6 million samples of 500 series \(at most 3 million/,
  );
  expect(problem.message).toMatch(message);
});
