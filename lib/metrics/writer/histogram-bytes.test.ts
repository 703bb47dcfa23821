import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeHistogram, encodeHistogram } from "./histogram-bytes";

const known = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined });
const histogram = fc.record({
  count: fc.maxSafeNat(),
  sum: known,
  min: known,
  max: known,
  buckets: fc.array(
    fc.record({ lower: fc.double({ noNaN: true }), upper: fc.double({ noNaN: true }), count: fc.maxSafeNat() }),
    { maxLength: 20 },
  ),
});

test("what is written is read as it was, to the last bit", () => {
  fc.assert(
    fc.property(histogram, (one) => {
      expect(decodeHistogram(encodeHistogram(one))).toEqual(one);
    }),
  );
});

test.each([0, 31, 33, 55, 57])("%d bytes are no histogram", (length) => {
  expect(() => decodeHistogram(Buffer.alloc(length))).toThrow("no histogram");
});
