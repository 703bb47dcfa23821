import fc from "fast-check";
import { expect, test } from "vitest";
import { quantile, spreadOf } from "./quantile";

test.each([
  [[], 0.5, null],
  [[7], 0.9, 7],
  [[1, 3], 0.5, 2],
  [[1, 2, 3], 0.5, 2],
  // Ten steps between eleven values: nine of them lie below p90.
  [[0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100], 0.9, 90],
  // Position 1.8 of [0, 100, 200]: 80 % of the way from 100 to 200.
  [[0, 100, 200], 0.9, 180],
])("of %j the quantile %d is %s", (sorted, share, expected) => {
  expect(quantile(sorted, share)).toBe(expected);
});

test("what is not known does not count", () => {
  expect(spreadOf([null, 30, null, 10])).toEqual({ count: 2, median: 20, p90: 28 });
  expect(spreadOf([null])).toEqual({ count: 0, median: null, p90: null });
});

test("a median has as many values below as above, and p90 is no less", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100_000), { minLength: 1 }), (values) => {
      const { median, p90 } = spreadOf(values);
      if (median === null || p90 === null) throw new Error("there are values");
      expect(values.filter((value) => value < median).length).toBeLessThanOrEqual(values.length / 2);
      expect(values.filter((value) => value > median).length).toBeLessThanOrEqual(values.length / 2);
      expect(p90).toBeGreaterThanOrEqual(median);
      expect(p90).toBeLessThanOrEqual(Math.max(...values));
    }),
  );
});
