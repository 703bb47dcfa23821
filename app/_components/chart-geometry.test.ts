import { describe, expect, test } from "vitest";
import {
  marksAt,
  bandPath,
  extentOf,
  groundPath,
  hasPartialEnd,
  HEIGHT,
  heightOf,
  indexAt,
  placeMarks,
  seriesPaths,
  timeTicks,
  verticalAxis,
} from "./chart-geometry";
import { clockTime, shortTime } from "./time-format";

const MINUTE = 60_000;
const frame = { from: 0, to: 10 * MINUTE, start: 0, step: MINUTE };
const axis = verticalAxis([{ values: [10] }], []);

describe("the vertical axis", () => {
  test("begins at zero and ends at a round number above", () => {
    expect(axis).toMatchObject({ bottom: 0, top: 12 });
    expect(verticalAxis([], [])).toMatchObject({ bottom: 0, top: 1 });
  });

  test("goes below zero where values do, and reaches what was before", () => {
    const below = verticalAxis([{ values: [-12, null, 4], before: [40] }], []);
    expect(below.bottom).toBeLessThanOrEqual(-12);
    expect(below.top).toBeGreaterThanOrEqual(40);
    expect(below.ticks).toContain(0);
    const usual = verticalAxis([{ values: [4], usual: { low: [-2, null], high: [null, 90] } }], []);
    expect([usual.bottom <= -2, usual.top >= 90]).toEqual([true, true]);
    const frozen = verticalAxis([{ values: [-12, -3] }], []);
    expect(frozen.top).toBe(0);
    expect(heightOf(-3, frozen)).toBeGreaterThan(heightOf(-12, frozen));
  });
});

test("a mark stands where it happened, cut off at the axis' ends, and nowhere when that is beyond them", () => {
  expect(extentOf({ from: 2 * MINUTE, to: 4 * MINUTE }, frame)).toEqual({ left: 0.2, width: 0.2 });
  expect(extentOf({ from: -MINUTE, to: null }, frame)).toEqual({ left: 0, width: 1 });
  expect(extentOf({ from: 5 * MINUTE, to: 5 * MINUTE }, frame)).toEqual({ left: 0.5, width: 0 });
  expect(extentOf({ from: -2 * MINUTE, to: -MINUTE }, frame)).toBeUndefined();
  expect(extentOf({ from: 11 * MINUTE, to: null }, frame)).toBeUndefined();
});

test("a short mark lies over a long one that was there at the same time, whichever is told first", () => {
  const long = { from: MINUTE, to: null };
  const short = { from: 2 * MINUTE, to: 3 * MINUTE };
  const gone = { from: -2 * MINUTE, to: -MINUTE };
  for (const marks of [
    [short, gone, long],
    [long, short],
  ])
    expect(placeMarks(marks, frame).map(({ mark }) => mark)).toEqual([long, short]);
});

describe("the drawing", () => {
  test("gaps stay gaps, and a point between two of them is a dot", () => {
    const { line, dots } = seriesPaths([1, 2, null, 3, null, 4, 5], frame, axis);
    expect(line.match(/M/g)).toHaveLength(2);
    expect(dots.match(/M/g)).toHaveLength(1);
  });

  test("one point is a dot", () => {
    expect(seriesPaths([5], frame, axis)).toMatchObject({ line: "", partial: "" });
    expect(seriesPaths([5], frame, axis).dots).toMatch(/^M[\d.]+,[\d.]+h0$/);
  });

  test("what is not over yet is drawn apart", () => {
    const values = Array.from({ length: 10 }, () => 5);
    const late = { ...frame, to: 9.5 * MINUTE };
    expect(hasPartialEnd(late, 10)).toBe(true);
    expect(seriesPaths(values, late, axis).partial).not.toBe("");
    expect(seriesPaths(values, frame, axis).partial).toBe("");
  });

  test("the ground goes down to zero", () => {
    expect(groundPath([1, 2], frame, axis)).toMatch(/Z$/);
    expect(groundPath([null], frame, axis)).toBe("");
  });

  test("what is usual is an area between its two edges, and gaps stay gaps", () => {
    const band = { low: [1, 2, null, 3, 3], high: [5, 6, null, 7, null] };
    const path = bandPath(band, frame, axis);
    expect(path.match(/M/g)).toHaveLength(2);
    const at = (value: number) => (HEIGHT - heightOf(value, axis) * HEIGHT).toFixed(1).replace(/\.0$/, "");
    expect(path.startsWith(`M0,${at(5)}L100,${at(6)}L100,${at(2)}L0,${at(1)}Z`)).toBe(true);
    expect(bandPath({ low: [null], high: [null] }, frame, axis)).toBe("");
  });

  test("the point under the pointer is the nearest, also where days are not equally long", () => {
    expect(indexAt(2.4 * MINUTE, frame, 5)).toBe(2);
    expect(indexAt(99 * MINUTE, frame, 5)).toBe(4);
    expect(indexAt(70, { ...frame, times: [0, 50, 100] }, 3)).toBe(1);
  });
});

describe("a day with a clock change", () => {
  const berlin = "Europe/Berlin";

  test("the hour that comes twice says which one it is", () => {
    expect(clockTime(Date.UTC(2026, 9, 25, 0, 30), berlin)).toBe("02:30 CEST");
    expect(clockTime(Date.UTC(2026, 9, 25, 1, 30), berlin)).toBe("02:30 CET");
    expect(clockTime(Date.UTC(2026, 9, 25, 2, 30), berlin)).toBe("03:30");
    expect(shortTime(Date.UTC(2026, 9, 25, 1, 30), berlin, Date.UTC(2026, 9, 26))).toBe("25 Oct, 02:30 CET");
  });

  test("the hour that is left out is on no axis", () => {
    const day = { ...frame, from: Date.UTC(2026, 2, 28, 23), to: Date.UTC(2026, 2, 29, 22) };
    const labels = timeTicks(day, berlin, 24).map(({ label }) => label);
    expect(labels).toContain("03:00");
    expect(labels).not.toContain("02:00");
    expect(new Set(labels).size).toBe(labels.length);
  });
});

test("a deploy is told at the point whose time it falls into, an incident at each of its points, one that goes on until the end", () => {
  const chart = {
    step: 60,
    to: 600,
    marks: [
      { label: "deploy", from: 130, to: 130 },
      { label: "over", from: 100, to: 200 },
      { label: "open", from: 480, to: null },
    ],
  };
  const at = (time: number) => marksAt(chart, time).map(({ label }) => label);
  expect([0, 60, 120, 180, 240, 480, 600].map(at)).toEqual([
    [],
    ["over"],
    ["deploy", "over"],
    ["over"],
    [],
    ["open"],
    ["open"],
  ]);
});
