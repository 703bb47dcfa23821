import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ANOMALY_SCORE, type Judgement, type Point, createDetector, step } from "./detector";
import { parseState, serializeState } from "./state";
import { daily, makeSeries } from "@/lib/testing/made-series";

const judgeAll = (points: Point[], unit = "ms"): Judgement[] => {
  const state = createDetector();
  return points.map((point) => step(state, point, { unit }));
};

/** The days (since the start, with fractions) of the points called anomalies. */
const alarmDays = (points: Point[], from = 0): number[] => {
  const start = points[0]?.at.getTime() ?? 0;
  const dayOf = (point: Point) => (point.at.getTime() - start) / 86_400_000;
  const judged = judgeAll(points);
  return points.filter((point, i) => (judged[i]?.score ?? 0) >= ANOMALY_SCORE && dayOf(point) >= from).map(dayOf);
};

describe.each([1, 5])("a series with a sample every %d min", (minutes) => {
  test("a daily pattern is not flagged once it has been learned", () => {
    const points = makeSeries(28, minutes, ({ hour, noise }) => daily(hour) + 5 * noise);
    // Chance alone makes a largest point now and then: less than once in five days.
    expect(alarmDays(points, 7).length).toBeLessThan(5);
  });

  test("a spike in it is flagged at once, and told in the metric's unit", () => {
    const points = makeSeries(21, minutes, ({ index, hour, noise }) =>
      index === Math.round((18.5 * 1440) / minutes) ? 700 : daily(hour) + 5 * noise,
    );
    const judged = judgeAll(points)[Math.round((18.5 * 1440) / minutes)];
    expect(judged).toMatchObject({ score: 1, kind: "value" });
    expect(judged?.reason).toMatch(/^3\.5× above what is usual (on Fridays )?at 12:00; usual 1[789]\d-2[012]\d ms$/);
  });

  test("a value usual by day is flagged by night", () => {
    const points = makeSeries(21, minutes, ({ day, hour, noise }) =>
      day >= 18 && day < 18.05 ? 195 : daily(hour) + 5 * noise,
    );
    expect(alarmDays(points, 17)[0]).toBe(18);
  });

  test("a level shift is flagged once, and the band follows it", () => {
    const points = makeSeries(28, minutes, ({ day, noise }) => (day < 15 ? 100 : 160) + 5 * noise);
    const alarms = alarmDays(points, 15);
    expect(alarms[0]).toBe(15);
    expect(alarms.filter((day) => day < 18)).toHaveLength(1);
    const { expected } = judgeAll(points).at(-1) ?? {};
    expect(expected?.low).toBeGreaterThan(130);
    expect(expected?.high).toBeLessThan(190);
  });

  test("a varying series that freezes is flagged once; one that never varied is not", () => {
    const frozen = makeSeries(14, minutes, ({ day, hour, noise }) => (day < 10 ? daily(hour) + 5 * noise : 101));
    const alarms = alarmDays(frozen, 10);
    expect(alarms[0]).toBeLessThan(10.1);
    expect(alarms.length).toBeLessThanOrEqual(3);
    expect(alarmDays(makeSeries(14, minutes, () => 101))).toEqual([]);
  });

  test("a slow trend is not flagged", () => {
    const points = makeSeries(28, minutes, ({ day, noise }) => 100 + 3 * day + 5 * noise);
    expect(alarmDays(points, 7).length).toBeLessThan(5);
  });
});

test("quiet weekends are learned: a busy Sunday is flagged, a busy Monday and a quiet Sunday are not", () => {
  const busy = (day: number) => Math.floor(day) % 7 < 5;
  const points = makeSeries(56, 5, ({ day, hour, noise }) =>
    busy(day) || (day >= 48 && day < 49) ? daily(hour) + 4 * noise : 60 + 4 * noise,
  );
  const alarms = alarmDays(points, 35);
  expect(alarms.some((day) => day >= 48 && day < 48.2)).toBe(true);
  expect(alarms.filter((day) => day < 48 || day >= 50).length).toBeLessThan(4);
});

test("earlier outages make a milder one less odd, and do not hide it", () => {
  const within = (day: number, from: number) => day >= from && day < from + 1 / 12;
  const points = makeSeries(30, 5, ({ day, hour, noise }) => {
    const factor = within(day, 10) || within(day, 14.5) ? 10 : within(day, 25) ? 2.5 : 1;
    return (daily(hour) + 5 * noise) * factor;
  });
  expect(alarmDays(points, 24)[0]).toBe(25);
});

test("what is usual covers most points", () => {
  const points = makeSeries(28, 5, ({ hour, noise }) => daily(hour) + (hour < 12 ? 2 : 10) * noise);
  const late = judgeAll(points).slice(7 * 288);
  const inside = late.filter(({ expected }, i) => {
    const value = points[7 * 288 + i]?.value ?? 0;
    return expected !== null && value >= expected.low && value <= expected.high;
  });
  expect(inside.length / late.length).toBeGreaterThan(0.9);
});

test("gaps and irregular times are taken in", () => {
  const points = makeSeries(21, 5, ({ hour, noise }) => daily(hour) + 5 * noise).filter(
    (_, i) => i % 7 !== 3 && !(i > 3000 && i < 3400),
  );
  expect(alarmDays(points, 7).length).toBeLessThan(5);
});

test.each([Number.NaN, Infinity, -Infinity])("%d is refused, and leaves the state as it was", (value) => {
  const state = createDetector();
  const before = serializeState(state);
  expect(() => step(state, { at: new Date(0), value })).toThrow(RangeError);
  expect(() => step(state, { at: new Date(Number.NaN), value: 1 })).toThrow("valid time");
  expect(serializeState(state)).toBe(before);
});

const anyPoint = fc.record({
  at: fc.date({ min: new Date("1969-01-01"), max: new Date("2101-01-01"), noInvalidDate: true }),
  value: fc.double({ noNaN: true, noDefaultInfinity: true }),
});

test("whatever comes: scores are in [0, 1], bands are in order, the same twice, and the state stays storable", () => {
  const eager = { warmUpSeconds: 0, warmUpEpisodes: 0, episodePoints: 3 };
  fc.assert(
    fc.property(fc.array(anyPoint, { maxLength: 200 }), (points) => {
      const [one, two] = [createDetector(eager), createDetector(eager)];
      for (const point of points) {
        const judged = step(one, point);
        expect(step(two, point)).toEqual(judged);
        expect(judged.score).toBeGreaterThanOrEqual(0);
        expect(judged.score).toBeLessThanOrEqual(1);
        expect(judged.reason === null).toBe(judged.score < ANOMALY_SCORE);
        if (judged.expected) {
          const { low, middle, high } = judged.expected;
          expect(low <= middle && middle <= high).toBe(true);
        }
      }
      const stored = serializeState(one);
      expect(serializeState(parseState(stored) ?? createDetector())).toBe(stored);
    }),
    { numRuns: 200 },
  );
});

test("stored and read at any point, it goes on as if it had run through", () => {
  const points = makeSeries(10, 15, ({ day, hour, noise }) => daily(hour) + 5 * noise + (day > 8 ? 90 : 0));
  const through = judgeAll(points);
  fc.assert(
    fc.property(fc.array(fc.nat(points.length - 1), { maxLength: 5 }), (stops) => {
      let state = createDetector();
      const resumed = points.map((point, i) => {
        if (stops.includes(i)) state = parseState(serializeState(state)) ?? createDetector();
        return step(state, point, { unit: "ms" });
      });
      expect(resumed).toEqual(through);
    }),
    { numRuns: 20 },
  );
});

test("a stored state is a few kB, one of another version is started anew, one that is none is refused", () => {
  const state = createDetector();
  for (const point of makeSeries(15, 5, ({ noise }) => noise)) step(state, point);
  const text = serializeState(state);
  expect(text.length).toBeLessThan(6_000);
  expect(parseState(text.replace('"version":1', '"version":2'))).toBeNull();
  expect(() => parseState(text.replace('"points":', '"dots":'))).toThrow("points");
  expect(() => parseState("no")).toThrow(SyntaxError);
});
