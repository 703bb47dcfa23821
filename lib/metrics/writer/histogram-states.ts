import type { Pool, PoolClient } from "pg";
import { inTransaction } from "@/lib/db/in-transaction";
import type { Histogram } from "../sample";
import { byteaArray, float8Array, int4Array } from "./array-params";
import { differenceOf, storedDistribution } from "./histogram";
import { decodeHistogram, encodeHistogram } from "./histogram-bytes";
import { insertTogether } from "./insert-rows";
import type { DistributionRow, ReadyDistribution } from "./rows";

/** The newest point of a series: what the next one's difference is taken to. */
interface State {
  ms: number;
  startedMs: number | null;
  histogram: Histogram;
}

// A row for each series first, so that there is one to lock: two processes that meet a new series would else both be the first.
const MAKE = `
  INSERT INTO metric_histogram_states (series_id, recorded_at, histogram)
  SELECT id, '-infinity', '' FROM unnest($1::int[]) AS s(id) ON CONFLICT DO NOTHING`;
const LOCK = `
  SELECT series_id AS id, date_part('epoch', recorded_at) * 1000 AS ms, date_part('epoch', started_at) * 1000 AS "startedMs", histogram
  FROM metric_histogram_states WHERE series_id = ANY($1::int[]) ORDER BY series_id FOR UPDATE`;
const SAVE = `
  UPDATE metric_histogram_states s SET recorded_at = to_timestamp(n.ms / 1000), started_at = to_timestamp(nullif(n.started, 'NaN') / 1000), histogram = n.histogram
  FROM unnest($1::int[], $2::float8[], $3::float8[], $4::bytea[]) AS n(id, ms, started, histogram) WHERE s.series_id = n.id`;

/**
 * Stores what was measured since each series' last point, and remembers the new one in the same transaction. A point that
 * is not newer than the last is a duplicate.
 */
export async function writeCumulative(sql: Pool, rows: readonly DistributionRow[]): Promise<void> {
  const sorted = rows.toSorted((a, b) => a.series.id - b.series.id || a.ms - b.ms);
  await inTransaction(sql, async (client) => {
    const states = await lockStates(client, [...new Set(sorted.map(({ series }) => series.id))]);
    const changed = new Map<number, State>();
    const ready: ReadyDistribution[] = [];
    for (const row of sorted) {
      const state = changed.get(row.series.id) ?? states.get(row.series.id);
      const { cumulative, ms, startedMs = null } = row;
      if (!cumulative) continue;
      if (state && ms <= state.ms) {
        row.outcome.duplicates += 1;
        continue;
      }
      changed.set(row.series.id, { ms, startedMs, histogram: cumulative });
      const isReset = startedMs !== null && state?.startedMs !== startedMs;
      const grown = state && !isReset ? differenceOf(cumulative, state.histogram) : cumulative;
      // Nothing was measured: there is nothing to store, and the point is known.
      if (grown.count > 0) ready.push({ ...row, stored: storedDistribution(grown) });
      else row.outcome.stored += 1;
    }
    if (ready.length > 0) await insertTogether(client, { values: [], distributions: ready });
    await saveStates(client, changed);
  });
}

async function lockStates(client: PoolClient, ids: readonly number[]): Promise<Map<number, State>> {
  await client.query(MAKE, [ids]);
  const { rows } = await client.query<{ id: number; ms: number; startedMs: number | null; histogram: Buffer }>(LOCK, [
    ids,
  ]);
  return new Map(
    rows.flatMap(({ id, ms, startedMs, histogram }) =>
      Number.isFinite(ms) ? [[id, { ms, startedMs, histogram: decodeHistogram(histogram) }]] : [],
    ),
  );
}

async function saveStates(client: PoolClient, states: ReadonlyMap<number, State>): Promise<void> {
  if (states.size === 0) return;
  const list = [...states].map(([id, { ms, startedMs, histogram }]) => {
    return { id, ms, startedMs: startedMs ?? Number.NaN, bytes: encodeHistogram(histogram) };
  });
  await client.query(SAVE, [
    int4Array(list, ({ id }) => id),
    float8Array(list, ({ ms }) => ms),
    float8Array(list, ({ startedMs }) => startedMs),
    byteaArray(list, ({ bytes }) => bytes),
  ]);
}
