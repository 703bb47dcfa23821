import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_BINS, addToSketch, createSketch, mergeSketches, quantileOf, type Sketch } from "./sketch";
import { decodeSketch, encodeSketch, mergeSketchBytes, sketchBytesOf } from "./sketch-bytes";

/** Finite, of magnitudes that lie within what a sketch keeps apart. */
const value = fc.oneof(
  fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
  fc.double({ min: -1e9, max: -1e-6, noNaN: true }),
  fc.constant(0),
);
/** Of any magnitude at all. */
const anyValue = fc.double({ noNaN: true, noDefaultInfinity: true });
const values = fc.array(value, { minLength: 1, maxLength: 300 });

function sketchOf(all: readonly number[]): Sketch {
  const sketch = createSketch();
  for (const one of all) addToSketch(sketch, one);
  return sketch;
}
const bytesOf = (sketch: Sketch) => encodeSketch(sketch).toString("hex");

test("every quantile is within 1 % of the true one", () => {
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (all, q) => {
      const truth = all.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(q * all.length)) - 1] ?? 0;
      const found = quantileOf(sketchOf(all), q) ?? Number.NaN;
      expect(Math.abs(found - truth)).toBeLessThanOrEqual(Math.abs(truth) * 0.01 * (1 + 1e-9));
    }),
  );
});

test("merged in any order and grouping, sketches give the sketch of all their values, to the last byte", () => {
  fc.assert(
    fc.property(fc.array(fc.array(anyValue, { maxLength: 60 }), { minLength: 1, maxLength: 8 }), (groups) => {
      const whole = bytesOf(sketchOf(groups.flat()));
      const parts = groups.map(sketchOf);
      expect(bytesOf(mergeSketches(...parts))).toBe(whole);
      expect(bytesOf(parts.reduceRight((merged, part) => mergeSketches(part, merged), createSketch()))).toBe(whole);
      expect(bytesOf(sketchOf(groups.flat().toReversed()))).toBe(whole);
      expect(mergeSketchBytes(parts.map(encodeSketch)).toString("hex")).toBe(whole);
    }),
  );
});

test("of the largest numbers there are too, and never an infinite one", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e300, max: Number.MAX_VALUE, noNaN: true }),
      fc.boolean(),
      (magnitude, isNegative) => {
        const found = quantileOf(sketchOf([isNegative ? -magnitude : magnitude]), 0.5) ?? Number.NaN;
        expect(Math.abs(Math.abs(found) / magnitude - 1)).toBeLessThanOrEqual(0.01 * (1 + 1e-9));
        expect(found < 0).toBe(isNegative);
      },
    ),
  );
});

test.each([Number.NaN, Infinity, -Infinity])("%s is no value to count", (bad) => {
  expect(() => addToSketch(createSketch(), bad)).toThrow("finite");
});

test.each([0, -1, 1.5, Number.NaN, Infinity, 2 ** 53])("nothing is counted %s times", (bad) => {
  expect(() => addToSketch(createSketch(), 1, bad)).toThrow(`count a value ${bad} times`);
});

test("counts that add up to more than can be counted stop there, in any order, and can still be stored and read", () => {
  const huge = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
  fc.assert(
    fc.property(fc.array(fc.tuple(value, huge), { minLength: 2, maxLength: 20 }), (pairs) => {
      const parts = pairs.map(([one, count]) => {
        const sketch = createSketch();
        addToSketch(sketch, one, count);
        return sketch;
      });
      const merged = mergeSketches(...parts);
      expect(bytesOf(mergeSketches(...parts.toReversed()))).toBe(bytesOf(merged));
      expect(decodeSketch(encodeSketch(merged))).toEqual(merged);
    }),
  );
});

test("merging leaves its parts as they were", () => {
  const part = sketchOf([1, 2, 3]);
  const before = bytesOf(part);
  mergeSketches(part, sketchOf([1e12]));
  expect(bytesOf(part)).toBe(before);
});

test("values counted many at a time are as good as one by one", () => {
  const sketch = createSketch();
  addToSketch(sketch, 12.5, 1_000);
  expect(bytesOf(sketch)).toBe(sketchBytesOf(Array.from({ length: 1_000 }, () => 12.5)).toString("hex"));
});

test("however many different values come, the bins stay bounded, and the large ones stay exact", () => {
  const sketch = createSketch();
  for (let exponent = -190; exponent < 300; exponent += 0.005) addToSketch(sketch, 10 ** exponent);
  expect(sketch.positive.counts.size).toBeLessThanOrEqual(MAX_BINS);
  expect(encodeSketch(sketch).length).toBeLessThan(8 * MAX_BINS);
  const p99 = quantileOf(sketch, 0.99) ?? 0;
  expect(Math.abs(Math.log10(p99) - (-190 + 0.99 * 490))).toBeLessThan(0.02);
});

test("an empty sketch has no quantile", () => {
  expect(quantileOf(createSketch(), 0.5)).toBeNull();
});

describe("as bytes", () => {
  test("a sketch comes back as it was", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyValue, fc.integer({ min: 1, max: 2 ** 40 }))), (pairs) => {
        const sketch = createSketch();
        for (const [one, count] of pairs) addToSketch(sketch, one, count);
        expect(decodeSketch(encodeSketch(sketch))).toEqual(sketch);
      }),
    );
  });

  test("hostile bytes are refused or are a sketch, and never hang", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        let sketch: Sketch;
        try {
          sketch = decodeSketch(Uint8Array.from([1, ...bytes]));
        } catch (error) {
          expect(String(error)).toMatch(/^Error: the sketch/);
          return;
        }
        expect(decodeSketch(encodeSketch(sketch))).toEqual(sketch);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ["nothing", []],
    ["another version", [9, 0, 0, 0]],
    ["cut off", [1, 0, 5, 3]],
    ["more bins than there are", [1, 0, 129, 129, 4]],
    ["bytes after its end", [1, 0, 0, 0, 7]],
    ["an empty bin", [1, 0, 1, 4, 0, 0]],
    ["an endless number", [1, 255, 255, 255, 255, 255, 255, 255, 255, 255]],
  ])("%s is refused", (_, bytes) => {
    expect(() => decodeSketch(Uint8Array.from(bytes))).toThrow(/^the sketch/);
  });
});
