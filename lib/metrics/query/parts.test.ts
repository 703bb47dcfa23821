import { expect, test } from "vitest";
import { fillGaps } from "./fill";
import { groupSeries } from "./groups";
import { type Aggregate, operationFor } from "./aggregates";
import { type Cell, valueOf } from "./combine";
import type { FoundSeries } from "./find-series";

test.each([
  ["null", [null, 1, null, 2, null, null]],
  ["previous", [null, 1, 1, 2, 2, null]],
  ["zero", [0, 1, 0, 2, 0, null]],
] as const)("gaps filled by %s; the future is one", (fill, expected) => {
  expect(fillGaps([null, 1, null, 2, null, null], fill, 5)).toEqual(expected);
});

const series = (id: number, metadata: FoundSeries["metadata"], unit = "ms", kind: FoundSeries["kind"] = "gauge") => ({
  index: 0,
  id,
  unit,
  kind,
  metadata,
});
const FOUND = [
  series(1, { host: "a", process: "web" }),
  series(2, { host: "b", process: "web" }),
  series(3, { host: "a" }),
  series(4, { host: "a", process: "web", core: 1 }, "percent", "counter"),
];

test.each([
  [undefined, [[1], [2], [3], [4]]],
  [[], [[1, 2, 3], [4]]],
  [["host"], [[1, 3], [2], [4]]],
  [["process"], [[1, 2], [3], [4]]],
  [["nowhere"], [[1, 2, 3], [4]]],
])("grouped by %j, units apart", (by, ids) => {
  expect(groupSeries(FOUND, by).map((group) => group.series.map(({ id }) => id))).toEqual(ids);
});

test("a group has the labels it was grouped by, and only those that it has", () => {
  expect(groupSeries(FOUND, ["process"]).map(({ metadata }) => metadata)).toEqual([
    { process: "web" },
    {},
    { process: "web" },
  ]);
});

test.each<[Aggregate, number | null]>([
  ["avg", 2.5],
  ["sum", 10],
  ["min", 4],
  ["max", 6],
  ["last", 5],
  ["rate", 1],
  ["count", 10],
])("%s of two cells is %d", (agg, expected) => {
  const cells: Cell[] = [
    { n: 3, v: 4, sketches: [] },
    { n: 1, v: 6, sketches: [] },
    { n: 0, v: 99, sketches: [] },
  ];
  expect(valueOf(agg, cells, 10)).toBe(expected);
  expect(valueOf(agg, [], 10)).toBeNull();
});

test.each([
  ["rate", "gauge", /a gauge is a level/],
  ["last", "distribution", /no last value/],
] as const)("no %s of a %s", (agg, kind, message) => {
  expect(operationFor(agg, kind)).toEqual({ refusal: expect.stringMatching(message) });
});
