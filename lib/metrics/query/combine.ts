import { decodeSketch } from "../sketch-bytes";
import { createSketch, mergeSketches, quantileOf, type Sketch } from "../sketch";
import { type Aggregate, type Operation, quantileFor } from "./aggregates";

/** What is known of one bucket: parts of several tiers and series put together. */
export interface Cell {
  n: number;
  v: number;
  /** Encoded, to be merged. */
  sketches: Buffer[];
}

/** Puts a part to what is there already, and changes it. */
export function addPart(operation: Operation, cell: Cell, n: number, v: number): void {
  if (operation === "last") {
    if (n > cell.n) [cell.n, cell.v] = [n, v];
    return;
  }
  if (cell.n === 0) cell.v = v;
  else if (operation === "min") cell.v = Math.min(cell.v, v);
  else if (operation === "max") cell.v = Math.max(cell.v, v);
  else cell.v += v;
  cell.n += n;
}

/**
 * The value of a bucket from its cells: one for each kind of series, for `last` one for each series. An average is the sum
 * over the count, rates add up, a quantile is that of the merged sketches; the last value of several series is their mean.
 * @param seconds how long the bucket is @returns null where there is nothing
 */
export function valueOf(agg: Aggregate, cells: readonly Cell[], seconds: number): number | null {
  const filled = cells.filter(({ n }) => n > 0);
  const [first] = filled;
  if (!first) return null;
  const total = filled.reduce((sum, { v }) => sum + v, 0);
  const q = quantileFor(agg);
  if (q !== undefined) {
    const encoded = filled.flatMap(({ sketches }) => sketches);
    return encoded.length === 0 ? first.v : quantileOf(mergeAll(encoded), q);
  }
  switch (agg) {
    case "avg":
      return total / filled.reduce((sum, { n }) => sum + n, 0);
    case "min":
      return Math.min(...filled.map(({ v }) => v));
    case "max":
      return Math.max(...filled.map(({ v }) => v));
    case "last":
      return total / filled.length;
    case "rate":
      return total / seconds;
    default:
      return total;
  }
}

/** So many at a time: an hour's sketches of 500 series over a year are too many arguments. */
const CHUNK = 1_000;

function mergeAll(encoded: readonly Buffer[]): Sketch {
  let merged = createSketch();
  for (let i = 0; i < encoded.length; i += CHUNK)
    merged = mergeSketches(merged, ...encoded.slice(i, i + CHUNK).map(decodeSketch));
  return merged;
}
