import { DatabaseError, type Pool, type PoolClient } from "pg";
import { byteaArray, float8Array, int4Array, timestamptzArray } from "./array-params";
import { type DistributionRow, type ReadyDistribution, type ValueRow, reject } from "./rows";

/** Rows that are ready: resolved, in a day that has a partition, each series and time once, in order. */
export interface ReadyRows {
  values: readonly ValueRow[];
  distributions: readonly ReadyDistribution[];
}

export const isReady = (row: DistributionRow): row is ReadyDistribution => row.stored !== undefined;

const VALUES = "SELECT write_metric_samples($1, $2, $3) AS values, '{}'::int[] AS distributions";
const BOTH = `
  SELECT write_metric_samples($1, $2, $3) AS values, write_metric_distributions($4, $5, $6, $7, $8, $9, $10) AS distributions`;

/** "No partition of relation found for row" comes as a check violation, without the name of a constraint. */
export function isWithoutPartition(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === "23514" && error.constraint === undefined;
}

/** Classes 22 (data exception) and 23 (integrity violation): it will fail again, by a row that is in it. */
const isAboutRows = (error: unknown): error is DatabaseError =>
  error instanceof DatabaseError && /^2[23]/.test(error.code ?? "") && !isWithoutPartition(error);

/**
 * Stores rows by one statement and counts in each one's outcome whether it was new. A row that PostgreSQL does not take is
 * found by halving, and rejected; the rest is stored.
 * @throws what is no fault of a row: the database is away, a partition is missing
 */
export async function insertRows(sql: Pool, rows: ReadyRows): Promise<void> {
  try {
    await insertTogether(sql, rows);
  } catch (error) {
    if (!isAboutRows(error)) throw error;
    const [first, second] = halve(rows);
    if (second) {
      await insertRows(sql, first);
      await insertRows(sql, second);
    } else
      for (const row of [...rows.values, ...rows.distributions])
        reject(row, "", `${row.series.name}: ${error.message}`);
  }
}

/** The same without looking for a row at fault: for a transaction, which a fault ends. */
export async function insertTogether(sql: Pool | PoolClient, { values, distributions }: ReadyRows): Promise<void> {
  const isMixed = distributions.length > 0;
  const { rows } = await sql.query<{ values: number[]; distributions: number[] }>({
    name: isMixed ? "write-metrics" : "write-metric-samples",
    text: isMixed ? BOTH : VALUES,
    values: [
      int4Array(values, (row) => row.series.id),
      timestamptzArray(values, (row) => row.ms),
      float8Array(values, (row) => row.value),
      ...(isMixed
        ? [
            int4Array(distributions, (row) => row.series.id),
            timestamptzArray(distributions, (row) => row.ms),
            float8Array(distributions, (row) => row.stored.count),
            float8Array(distributions, (row) => row.stored.sum),
            float8Array(distributions, (row) => row.stored.min),
            float8Array(distributions, (row) => row.stored.max),
            byteaArray(distributions, (row) => row.stored.sketch),
          ]
        : []),
    ],
  });
  count(values, rows[0]?.values ?? []);
  count(distributions, rows[0]?.distributions ?? []);
}

/** @param known positions, from 1, of the rows that were there before */
function count(rows: readonly (ValueRow | DistributionRow)[], known: readonly number[]): void {
  const before = new Set(known);
  rows.forEach((row, i) => {
    if ("implied" in row && row.implied) return;
    if (before.has(i + 1)) row.outcome.duplicates += 1;
    else row.outcome.stored += 1;
  });
}

function halve({ values, distributions }: ReadyRows): [ReadyRows, ReadyRows | undefined] {
  const total = values.length + distributions.length;
  const cut = Math.floor(total / 2);
  if (cut === 0) return [{ values, distributions }, undefined];
  const fromDistributions = Math.max(0, cut - values.length);
  return [
    { values: values.slice(0, cut), distributions: distributions.slice(0, fromDistributions) },
    { values: values.slice(cut), distributions: distributions.slice(fromDistributions) },
  ];
}
