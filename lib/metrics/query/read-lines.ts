import { createHash } from "node:crypto";
import { DatabaseError, type Pool } from "pg";
import type { Operation } from "./aggregates";
import { type Cell, addPart, valueOf } from "./combine";
import { fillGaps } from "./fill";
import { invalid } from "./invalid";
import type { PlannedMetric, ReadPlan } from "./plan-readings";
import { type Reading, type SlotParts, buildStatement } from "./read-statement";

/** Statements of so few readings are prepared: there are not many of them, and they are asked for again and again. */
const PREPARED = 3;

/**
 * Reads all lines of some metrics by one statement.
 * @param plan of these metrics
 * @returns for each metric, for each group, a value a bucket: null where nothing was recorded
 * @throws Problem invalid when values are too large to be added up
 */
export async function readLines(
  sql: Pool,
  metrics: readonly PlannedMetric[],
  { readings, lines }: ReadPlan,
  now: Date,
): Promise<(number | null)[][][]> {
  const cells = await readCells(sql, readings);
  return metrics.map(({ wanted, grid }, index) => {
    const past = grid.shown.filter((start) => start <= now.getTime()).length;
    return (lines[index] ?? []).map(({ slots }) => {
      const parts = slots.map(({ reading, slot }): SlotCells => cells[reading]?.get(slot) ?? []);
      const values = grid.shown.map((_, bucket) => {
        const found: Cell[] = [];
        for (const slotCells of parts) {
          const cell = slotCells[bucket];
          if (cell) found.push(cell);
        }
        const seconds = ((grid.bounds[bucket + 1] ?? 0) - (grid.bounds[bucket] ?? 0)) / 1000;
        return found.length === 0 ? null : valueOf(wanted.agg, found, seconds);
      });
      return fillGaps(values, wanted.fill, past);
    });
  });
}

/** By the bucket's place. */
type SlotCells = (Cell | undefined)[];

/** The cells of each reading, by slot. */
async function readCells(sql: Pool, readings: readonly Reading[]): Promise<Map<number, SlotCells>[]> {
  const cells = readings.map(() => new Map<number, SlotCells>());
  const { text, values } = buildStatement(readings);
  if (text === "") return cells;
  const name =
    readings.length <= PREPARED ? `read-metrics ${createHash("sha1").update(text).digest("hex")}` : undefined;
  const { rows } = await sql.query<SlotParts>({ name, text, values }).catch((error: unknown) => {
    throw isTooLarge(error)
      ? invalid("agg", "the values are too large to be added up; ask for min, max or last")
      : error;
  });
  for (const row of rows) {
    const reading = readings[row.reading];
    const ofReading = cells[row.reading];
    if (!reading || !ofReading) continue;
    const ofSlot = ofReading.get(row.slot) ?? [];
    ofReading.set(row.slot, ofSlot);
    addParts(reading.operation, ofSlot, row);
  }
  return cells;
}

function addParts(operation: Operation, cells: SlotCells, { buckets, ns, vs, sketches }: SlotParts): void {
  const counts = ns.split(",");
  const values = vs.split(",");
  let at = 0;
  buckets.split(",").forEach((bucket, i) => {
    const place = Number(bucket);
    const n = Number(counts[i]);
    const cell = (cells[place] ??= { n: 0, v: 0, sketches: [] });
    if (sketches) cell.sketches.push(sketches.subarray(at, (at += n)));
    addPart(operation, cell, n, Number(values[i]));
  });
}

/** 22003: numeric value out of range. */
const isTooLarge = (error: unknown): boolean => error instanceof DatabaseError && error.code === "22003";
