import type { Pool, PoolClient } from "pg";

/** Runs statements in one transaction on one connection: all of them or none. */
export async function inTransaction<T>(sql: Pool, run: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await sql.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await run(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    // A connection that can't roll back is closed, and not given to somebody else.
    await client.query("ROLLBACK").catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error(String(failure));
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
