import type { Pool, QueryConfig, QueryResultRow } from "pg";

/** Longer than any of the engine's own queries takes: a server that vanished without a word must not hold the loop. */
const QUERY_TIMEOUT_MS = 15_000;

/**
 * One hot query as a prepared statement, given up after some seconds.
 * @throws what pg throws, and an error when the database did not answer in time (its connection is then closed)
 */
export async function query<Row extends QueryResultRow>(
  sql: Pool,
  name: string,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const config: QueryConfig & { query_timeout: number } = { name, text, values, query_timeout: QUERY_TIMEOUT_MS };
  const { rows } = await sql.query<Row>(config);
  return rows;
}
