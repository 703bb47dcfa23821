import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import type { CheckStatus } from "./define-check";

/** One piece of a check's strip. */
export interface HistoryBucket {
  from: Date;
  to: Date;
  /** The worst state in it (failureThreshold applied), what a strip shows; null: no result. */
  status: CheckStatus | null;
  /** The worst single result in it; null: no result. */
  worst: CheckStatus | null;
  ok: number;
  warning: number;
  failed: number;
  crashed: number;
  skipped: number;
  /** Mean time in ms of the runs in it; null: no run, or a bucket of whole days. */
  meanMs: number | null;
}

const DAY_MS = 86_400_000;
const MAX_BUCKETS = 500;
/** From the best to the worst: the index is what the SQL takes the maximum of. */
const SEVERITY: readonly CheckStatus[] = ["skipped", "ok", "warning", "failed", "crashed"];

interface Row {
  id: string;
  bucket: number;
  state: number;
  worst: number;
  ok: number;
  warning: number;
  failed: number;
  crashed: number;
  skipped: number;
  meanMs: number | null;
}

/**
 * The state histories of many checks by one query. Buckets of a day or longer come from the days' counts, which are kept
 * longer than results: they are whole UTC days then, the last one that of `to`.
 * @param buckets how many pieces, 1 to 500
 * @returns by check id, for each id asked for; every piece is there, those without a result with null
 * @throws Problem forbidden, invalid
 */
export async function listCheckHistory(
  context: Context,
  { checkIds, from, to, buckets }: { checkIds: readonly string[]; from: Date; to: Date; buckets: number },
): Promise<Map<string, HistoryBucket[]>> {
  authorize(context.actor, "read");
  if (!(to > from) || !(buckets >= 1 && buckets <= MAX_BUCKETS)) {
    throw new Problem("invalid", `A history has from before to, and 1 to ${MAX_BUCKETS} buckets.`);
  }
  const { start, end, byDay } = pieces(from.getTime(), to.getTime(), buckets);
  const width = (end - start) / buckets;
  const values = [checkIds, new Date(start).toISOString(), new Date(end).toISOString(), width / 1000];
  const { rows } = await context.sql.query<Row>(byDay ? FROM_DAYS : FROM_RESULTS, values);

  const found = new Map(rows.map((row) => [`${row.id} ${row.bucket}`, row]));
  return new Map(
    checkIds.map((id) => [
      id,
      Array.from({ length: buckets }, (_, index) => piece(start, width, index, found.get(`${id} ${index}`))),
    ]),
  );
}

/** A little under a day counts as one: 90 pieces up to now often mean 89 days and some hours. */
const NEARLY_A_DAY = 0.98;

function pieces(from: number, to: number, buckets: number): { start: number; end: number; byDay: boolean } {
  const days = (to - from) / buckets / DAY_MS;
  if (days < NEARLY_A_DAY) return { start: from, end: to, byDay: false };
  const end = Math.ceil(to / DAY_MS) * DAY_MS;
  return { start: end - buckets * Math.round(days) * DAY_MS, end, byDay: true };
}

function piece(start: number, width: number, index: number, row: Row | undefined): HistoryBucket {
  const { ok = 0, warning = 0, failed = 0, crashed = 0, skipped = 0, meanMs = null } = row ?? {};
  return {
    from: new Date(start + index * width),
    to: new Date(start + (index + 1) * width),
    status: row ? (SEVERITY[row.state] ?? null) : null,
    worst: row ? (SEVERITY[row.worst] ?? null) : null,
    ok,
    warning,
    failed,
    crashed,
    skipped,
    meanMs,
  };
}

const severityOf = (column: string) =>
  `CASE ${column} ${SEVERITY.map((status, index) => `WHEN '${status}' THEN ${index}`).join(" ")} END`;
const countOf = (status: CheckStatus) => `count(*) FILTER (WHERE status = '${status}')::int AS ${status}`;
const sumOf = (status: CheckStatus) => `sum(${status})::int AS ${status}`;

const FROM_RESULTS = `
  SELECT check_id AS id, floor(extract(epoch FROM scheduled_at - $2::timestamptz) / $4::float8)::int AS bucket,
    max(${severityOf("state")}) AS state, max(${severityOf("status")}) AS worst, ${SEVERITY.map(countOf).join(", ")},
    avg(duration_ms) FILTER (WHERE status <> 'skipped') AS "meanMs"
  FROM health_check_results
  WHERE check_id = ANY($1::uuid[]) AND scheduled_at >= $2::timestamptz AND scheduled_at < $3::timestamptz
  GROUP BY 1, 2`;

const WORST_OF_DAYS = `CASE WHEN sum(crashed) > 0 THEN 4 WHEN sum(failed) > 0 THEN 3 WHEN sum(warning) > 0 THEN 2 WHEN sum(ok) > 0 THEN 1 ELSE 0 END`;
const FROM_DAYS = `
  SELECT check_id AS id, floor((day - $2::date) * 86400 / $4::float8)::int AS bucket,
    ${WORST_OF_DAYS} AS state, ${WORST_OF_DAYS} AS worst, ${SEVERITY.map(sumOf).join(", ")}
  FROM health_check_days
  WHERE check_id = ANY($1::uuid[]) AND day >= $2::date AND day < $3::date
  GROUP BY 1, 2`;
