import { randomBytes } from "node:crypto";
import { Client, Pool } from "pg";
import { migrate } from "@/lib/db/migrate";
import { makePartitions } from "@/lib/db/partitions";

/** The migrated database that each test file's own is cloned from; one name a run, so that two runs share a server. */
export const TEMPLATE = `watchkeeper_template_${process.pid}`;

/** The same server's connection string with another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

async function admin(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** Makes the template: all migrations, and partitions for yesterday to three days ahead. */
export async function prepareTemplate(url: string): Promise<void> {
  await admin(url, `DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
  await admin(url, `CREATE DATABASE ${TEMPLATE}`);
  const templateUrl = withDatabase(url, TEMPLATE);
  await migrate(templateUrl, process.cwd());
  const pool = new Pool({ connectionString: templateUrl, max: 1 });
  const now = Date.now();
  await makePartitions(pool, new Date(now - 40 * 86_400_000), new Date(now + 3 * 86_400_000));
  await pool.end();
}

/** Clones the template. @returns the new database's connection string and a function that drops it */
export async function cloneTemplate(
  url: string,
  template: string,
): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `wk_${randomBytes(6).toString("hex")}`;
  await admin(url, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
  return { url: withDatabase(url, name), drop: () => admin(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}
