import { MAX_BINS, type Sketch, addToSketch, createSketch, mergeSketches, sortedBins, sumOf } from "./sketch";

/**
 * A sketch as bytes: a version, then whole numbers of 7 bits a byte (LEB128): the zeros, and for each sign the number of
 * bins, and for each bin the step from the index before (the first one zigzag coded) and its count. Usually 2 to 3 bytes a bin.
 */
const VERSION = 1;

export function encodeSketch(sketch: Sketch): Buffer {
  const bytes: number[] = [VERSION];
  pushNumber(bytes, sketch.zero);
  for (const bins of [sketch.positive, sketch.negative]) {
    const sorted = sortedBins(bins);
    pushNumber(bytes, sorted.length);
    let before: number | undefined;
    for (const [index, count] of sorted) {
      pushNumber(bytes, before === undefined ? zigzag(index) : index - before);
      pushNumber(bytes, count);
      before = index;
    }
  }
  return Buffer.from(bytes);
}

/** @throws Error when the bytes are no sketch: cut off, of another version, with bins that can't be */
export function decodeSketch(bytes: Uint8Array): Sketch {
  const reader = { bytes, at: 0 };
  if (bytes[reader.at++] !== VERSION) throw new Error("the sketch is of a version that is not known here");
  const sketch = createSketch();
  sketch.zero = readNumber(reader);
  sketch.count = sketch.zero;
  for (const sign of ["positive", "negative"] as const) {
    const length = readNumber(reader);
    if (length > MAX_BINS) throw new Error(`the sketch has ${length} bins (at most ${MAX_BINS})`);
    const bins = sketch[sign];
    for (let i = 0; i < length; i += 1) {
      const step = readNumber(reader);
      const count = readNumber(reader);
      if (count === 0 || (i > 0 && step === 0)) throw new Error("the sketch has an empty or a repeated bin");
      bins.top = i === 0 ? unzigzag(step) : bins.top + step;
      if (i === 0) bins.low = bins.top;
      bins.counts.set(bins.top, count);
      sketch.count = sumOf(sketch.count, count);
    }
    if (bins.counts.size > 0 && (Math.abs(bins.top) > MAX_INDEX || bins.top - bins.low >= MAX_BINS))
      throw new Error("the sketch has bins that are too far apart");
  }
  if (reader.at !== bytes.length) throw new Error("the sketch has bytes after its end");
  return sketch;
}

/** Of the largest number there is: ln(1.8e308) / ln(1.0202). */
const MAX_INDEX = 36_000;

const zigzag = (n: number): number => (n < 0 ? -2 * n - 1 : 2 * n);
const unzigzag = (n: number): number => (n % 2 === 1 ? -(n + 1) / 2 : n / 2);

function pushNumber(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

function readNumber(reader: { bytes: Uint8Array; at: number }): number {
  let value = 0;
  for (let scale = 1; scale <= 2 ** 49; scale *= 128) {
    const byte = reader.bytes[reader.at++];
    if (byte === undefined) throw new Error("the sketch is cut off");
    value += (byte & 127) * scale;
    if (byte < 128) {
      if (!Number.isSafeInteger(value)) break;
      return value;
    }
  }
  throw new Error("the sketch holds a number that is too large");
}

/** The bytes of the sketch of all values of these. @throws Error as decodeSketch */
export function mergeSketchBytes(all: readonly Uint8Array[]): Buffer {
  return encodeSketch(mergeSketches(...all.map(decodeSketch)));
}

/** The bytes of a sketch of these values. */
export function sketchBytesOf(values: Iterable<number>): Buffer {
  const sketch = createSketch();
  for (const value of values) addToSketch(sketch, value);
  return encodeSketch(sketch);
}
