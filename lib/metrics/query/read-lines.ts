import { createHash } from "node:crypto";
import { DatabaseError, type Pool } from "pg";
import type { Aggregate } from "./aggregates";
import { type Cell, addPart, valueOf } from "./combine";
import { fillGaps } from "./fill";
import { invalid } from "./invalid";
import { type PlannedMetric, planReadings } from "./plan-readings";
import { type Part, type Reading, buildStatement } from "./read-statement";
import type { TimeGrid } from "./time-grid";

/** Statements of so few readings are prepared: there are not many of them, and they are asked for again and again. */
const PREPARED = 3;

/**
 * Reads all lines of some metrics by one statement.
 * @returns for each metric, for each group, a value a bucket: null where nothing was recorded
 * @throws Problem invalid as planReadings
 */
export async function readLines(
  sql: Pool,
  metrics: readonly PlannedMetric[],
  now: Date,
): Promise<(number | null)[][][]> {
  const { readings, lines } = planReadings(metrics);
  const cells = await readCells(sql, readings);
  return metrics.map(({ wanted, grid }, index) => {
    const past = grid.shown.filter((start) => start <= now.getTime()).length;
    return (lines[index] ?? []).map(({ slots }) => {
      const parts = slots.map(({ reading, slot }) => cells[reading]?.get(slot));
      const values = grid.shown.map((_, bucket) =>
        valueOf(
          wanted.agg satisfies Aggregate,
          parts.flatMap((slotCells) => slotCells?.get(bucket) ?? []),
          ((grid.bounds[bucket + 1] ?? 0) - (grid.bounds[bucket] ?? 0)) / 1000,
        ),
      );
      return fillGaps(values, wanted.fill, past);
    });
  });
}

/** The cells of each reading: by slot, by bucket. */
async function readCells(sql: Pool, readings: readonly Reading[]): Promise<Map<number, Map<number, Cell>>[]> {
  const cells = readings.map(() => new Map<number, Map<number, Cell>>());
  const { text, values } = buildStatement(readings);
  if (text === "") return cells;
  const name =
    readings.length <= PREPARED ? `read-metrics ${createHash("sha1").update(text).digest("hex")}` : undefined;
  const { rows } = await sql.query<Part>({ name, text, values }).catch((error: unknown) => {
    throw isTooLarge(error)
      ? invalid("agg", "the values are too large to be added up; ask for min, max or last")
      : error;
  });
  const bucketsOfGrids = new Map<TimeGrid, Map<number, number>>();
  for (const part of rows) {
    const reading = readings[part.reading];
    const ofReading = cells[part.reading];
    if (!reading || !ofReading) continue;
    const bucket = bucketsOf(bucketsOfGrids, reading.grid).get(Math.round(part.ms));
    if (bucket === undefined) continue;
    const ofSlot = ofReading.get(part.slot) ?? new Map<number, Cell>();
    if (ofSlot.size === 0) ofReading.set(part.slot, ofSlot);
    const cell = ofSlot.get(bucket) ?? { n: 0, v: 0, sketches: [] };
    addPart(reading.operation, cell, part);
    ofSlot.set(bucket, cell);
  }
  return cells;
}

/** 22003: numeric value out of range. */
const isTooLarge = (error: unknown): boolean => error instanceof DatabaseError && error.code === "22003";

function bucketsOf(known: Map<TimeGrid, Map<number, number>>, grid: TimeGrid): Map<number, number> {
  const found = known.get(grid);
  if (found) return found;
  const made = new Map(grid.bounds.slice(0, -1).map((ms, index) => [ms, index]));
  known.set(grid, made);
  return made;
}
