import { DatabaseError } from "pg";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type FieldIssue, Problem } from "@/lib/core/errors";
import { listPartitions, spanOfPartition } from "@/lib/db/partitions";
import type { ValueSample } from "./sample";
import { resolveSeries } from "./series";

const DAY_MS = 86_400_000;
/** PostgreSQL's "no partition of relation found for row" comes as a check violation. */
const CHECK_VIOLATION = "23514";

/** Duplicates in one batch or against the table are left out: a sample once stored is never changed. */
const INSERT = `
  INSERT INTO system_metrics (series_id, recorded_at, value)
  SELECT series_id, to_timestamp(ms / 1000), value FROM unnest($1::int[], $2::float8[], $3::float8[]) AS s(series_id, ms, value)
  ON CONFLICT DO NOTHING`;

interface Row {
  seriesId: number;
  ms: number;
  value: number;
}

/**
 * Stores samples, all of one call by one statement. Written twice, a sample is stored once.
 * @returns how many were new
 * @throws Problem invalid naming each sample that is not a finite number or lies outside the days that are kept; the rest is stored
 */
export async function writeSamples(context: Context, samples: readonly ValueSample[]): Promise<number> {
  authorize(context.actor, "metrics:write");
  if (samples.length === 0) return 0;
  const issues: FieldIssue[] = [];
  const usable: { sample: ValueSample; index: number }[] = [];
  samples.forEach((sample, index) => {
    if (Number.isFinite(sample.value) && Number.isFinite(sample.recordedAt.getTime())) usable.push({ sample, index });
    else issues.push({ path: `${index}.value`, message: `${sample.name} is not a finite number at a time.` });
  });
  if (usable.length === 0) return refuse(issues, samples.length);
  const ids = await resolveSeries(
    context.sql,
    usable.map(({ sample }) => sample),
  );
  const rows = usable.map(({ sample }, i) => ({
    seriesId: ids[i] ?? 0,
    ms: sample.recordedAt.getTime(),
    value: sample.value,
  }));
  try {
    const stored = await insert(context, rows);
    return issues.length > 0 ? refuse(issues, samples.length) : stored;
  } catch (error) {
    if (!(error instanceof DatabaseError && error.code === CHECK_VIOLATION)) throw error;
  }
  // Rare, so only now: which of them have a partition?
  const days = await listDays(context);
  const kept = rows.filter((row, i) => {
    if (days.has(Math.floor(row.ms / DAY_MS))) return true;
    const { index, sample } = usable[i] ?? { index: i, sample: undefined };
    const at = new Date(row.ms).toISOString();
    issues.push({ path: `${index}.recordedAt`, message: `${sample?.name} at ${at}: samples are kept ${span(days)}.` });
    return false;
  });
  if (kept.length > 0) await insert(context, kept);
  return refuse(issues, samples.length);
}

async function insert(context: Context, rows: readonly Row[]): Promise<number> {
  // In one order everywhere: two processes that write the same samples would else wait for each other.
  const sorted = rows.toSorted((a, b) => a.seriesId - b.seriesId || a.ms - b.ms);
  const { rowCount } = await context.sql.query({
    name: "write-samples",
    text: INSERT,
    values: [sorted.map((row) => row.seriesId), sorted.map((row) => row.ms), sorted.map((row) => row.value)],
  });
  return rowCount ?? 0;
}

/** The UTC days, as days since 1970, that have a partition. */
async function listDays(context: Context): Promise<Set<number>> {
  const partitions = await listPartitions(context.sql, ["system_metrics"]);
  const days = partitions.flatMap(({ name }) => spanOfPartition(name)?.from ?? []);
  return new Set(days.map((day) => day.getTime() / DAY_MS));
}

function span(days: ReadonlySet<number>): string {
  if (days.size === 0) return "nowhere: there is no partition";
  return `from ${isoDay(Math.min(...days))} to ${isoDay(Math.max(...days))}`;
}

const isoDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

function refuse(issues: readonly FieldIssue[], total: number): never {
  const [first] = issues;
  const rest = issues.length > 1 ? ` And ${issues.length - 1} more.` : "";
  throw new Problem(
    "invalid",
    `${issues.length} of ${total} samples were not stored. ${first?.message}${rest}`,
    issues,
  );
}
