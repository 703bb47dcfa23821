import { invalid } from "./invalid";
import type { Reading } from "./read-statement";
import type { Tier } from "./spans";

/** Most rows that one query reads: some seconds' work. */
export const MAX_ROWS = 3_000_000;
/** A sample a minute is what the product itself records, and most others do. */
const ROWS_A_DAY: Record<Tier, number> = { raw: 1_440, hour: 24, day: 1 };
const DAY_MS = 86_400_000;
/** A sketch is so much more work than a number: it is read, sent and merged. */
const SKETCH_ROWS = 25;

/** About how many rows a query's readings read, at a sample a minute. Pure. */
export function rowsRead(readings: readonly Reading[]): number {
  return readings.reduce((total, { operation, members, spans }) => {
    const each = (["raw", "hour", "day"] as const).reduce((sum, tier) => {
      const ms = spans[tier].reduce((length, { from, to }) => length + to - from, 0);
      return sum + (ms / DAY_MS) * ROWS_A_DAY[tier];
    }, 0);
    return total + members.length * each * (operation === "sketch" ? SKETCH_ROWS : 1);
  }, 0);
}

/** The next longer step that reads less: of whole hours, then of whole days. Undefined where there is none. Pure. */
export function coarserStep(stepSeconds: number): number | undefined {
  return [3_600, 86_400].find((step) => step > stepSeconds);
}

/** A query that reads too much, with what can be narrowed. */
export function tooMuch(names: readonly string[], readings: readonly Reading[], stepSeconds: number) {
  const series = Math.max(...readings.map(({ members }) => members.length));
  const rows = Math.round(rowsRead(readings) / 100_000) / 10;
  // Quantiles of single values are in no roll-up: a longer step reads the same.
  const coarser = readings.some(({ operation }) => operation === "percentile") ? undefined : coarserStep(stepSeconds);
  const steps =
    coarser === undefined ? "" : `a step of whole ${coarser === 3_600 ? "hours, like 3600" : "days, like 86400"}, `;
  return invalid(
    coarser === undefined ? "from" : "step",
    `${[...new Set(names)].join(", ")} would be read from about ${rows} million samples of ${series.toLocaleString("en")} series (at most ${MAX_ROWS / 1e6} million at once); take ${steps}a shorter range, or labels that fewer series have`,
  );
}
