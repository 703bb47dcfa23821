import type { Pool, PoolClient } from "pg";
import { isDatabaseAway } from "./database-away";

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

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
    // A connection that broke has nothing to roll back; one that can't is closed too, and not given to somebody else.
    if (isDatabaseAway(error)) broken = asError(error);
    else await client.query("ROLLBACK").catch((failure: unknown) => void (broken = asError(failure)));
    throw error;
  } finally {
    client.release(broken);
  }
}
