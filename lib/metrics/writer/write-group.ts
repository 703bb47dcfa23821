import { DatabaseError, type Pool } from "pg";
import type { SeriesLimits } from "./find-series";
import { writeCumulative } from "./histogram-states";
import { insertRows, isReady, isWithoutPartition } from "./insert-rows";
import type { PartitionDays } from "./partition-days";
import { type DistributionRow, type SampleJob, type ValueRow, reject } from "./rows";
import type { SeriesRegistry } from "./series-registry";

interface Parts {
  sql: Pool;
  registry: SeriesRegistry;
  days: PartitionDays;
}

/** Deadlock and serialisation failure: nothing is wrong with what was written, it only has to be written again. */
const AGAIN = new Set(["40P01", "40001"]);
const TRIES = 5;

/**
 * Commits the samples of several callers together; each caller's outcome says what became of its own.
 * @throws when the database is away: then nobody knows what was stored, and sending it again is safe
 */
export async function writeGroup(parts: Parts, jobs: readonly SampleJob[], limits: SeriesLimits): Promise<void> {
  const sent = { values: jobs.flatMap((job) => job.values), distributions: jobs.flatMap((job) => job.distributions) };
  await parts.registry.resolve([...unresolved(sent.values), ...unresolved(sent.distributions)], limits);
  const before = jobs.map(({ outcome }) => outcome.rejected.length);
  for (let tries = 1; ; tries += 1) {
    jobs.forEach(({ outcome }, i) => {
      Object.assign(outcome, { stored: 0, duplicates: 0 });
      outcome.rejected.length = before[i] ?? 0;
    });
    try {
      return await commit(parts, sent);
    } catch (error) {
      const isAgain = error instanceof DatabaseError && AGAIN.has(error.code ?? "");
      if (tries >= TRIES || !(isAgain || isWithoutPartition(error))) throw error;
      // A worker has dropped a day since this process asked last.
      if (!isAgain) await parts.days.refresh(true);
    }
  }
}

const unresolved = (rows: readonly (ValueRow | DistributionRow)[]) =>
  rows.filter(({ series }) => series.id === 0).map(({ series }) => series);

interface Rows {
  values: readonly ValueRow[];
  distributions: readonly DistributionRow[];
}

async function commit({ sql, days }: Parts, sent: Rows): Promise<void> {
  if (sent.values.some(({ ms }) => !days.has(ms)) || sent.distributions.some(({ ms }) => !days.has(ms)))
    await days.refresh();
  const values = withStarts(
    sent.values.filter((row) => isUsable(row, days)),
    days,
  );
  const distributions = sent.distributions.filter((row) => isUsable(row, days));
  const plain = { values: inOrder(values), distributions: inOrder(distributions.filter(isReady)) };
  if (plain.values.length + plain.distributions.length > 0) await insertRows(sql, plain);
  for (const { series, implied, ms } of plain.values) if (implied) series.startedMs = ms;
  const cumulative = distributions.filter((row) => !isReady(row));
  if (cumulative.length > 0) await writeCumulative(sql, cumulative);
}

/** Rejects what can't be stored, by name. */
function isUsable(row: ValueRow | DistributionRow, days: PartitionDays): boolean {
  const { series, kind, ms } = row;
  if (series.id > 0 && series.kind === kind && days.has(ms)) return true;
  if (series.id === 0) reject(row, "", series.refusal ?? `${series.name}: the series was not made`);
  else if (series.kind !== kind)
    reject(row, "kind", `${series.name} is a ${series.kind} and can't be a ${kind} too: give it another name or label`);
  else {
    const at = new Date(ms).toISOString();
    reject(row, "recordedAt", `${series.name} at ${at}: samples are kept ${days.span()}`);
  }
  return false;
}

/** Adds a 0 where a counter began, so that what it counted up to its first sample is known; once a start. */
function withStarts(rows: ValueRow[], days: PartitionDays): ValueRow[] {
  const starts = rows.flatMap((row): ValueRow[] => {
    const { startedMs, series, kind, ms } = row;
    const isNew = kind === "counter" && startedMs !== undefined && startedMs !== series.startedMs;
    return isNew && startedMs < ms && days.has(startedMs) ? [{ ...row, ms: startedMs, value: 0, implied: true }] : [];
  });
  return starts.length > 0 ? [...rows, ...starts] : rows;
}

/**
 * By series and time: two processes that write the same samples would else wait for each other. The same series and time
 * twice is one: what came first stays.
 */
function inOrder<Row extends ValueRow | DistributionRow>(rows: readonly Row[]): Row[] {
  const sorted = rows.toSorted((a, b) => a.series.id - b.series.id || a.ms - b.ms);
  let previous: Row | undefined;
  return sorted.filter((row) => {
    const isSame = previous?.series.id === row.series.id && previous.ms === row.ms;
    if (isSame && !("implied" in row && row.implied)) row.outcome.duplicates += 1;
    previous = row;
    return !isSame;
  });
}
