import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { PrismaClient } from "./generated/client";
import type { Logger } from "@/lib/core/log";

export interface Database {
  db: PrismaClient;
  sql: Pool;
  close: () => Promise<void>;
}

const CONNECT_MS = 5_000;

/** So many stay open: on a new one the first of every statement takes several times as long. */
const KEPT = 2;

/**
 * Opens one connection pool that Prisma and plain SQL share. Connections are made when first needed, and again after the
 * database was away; a broken idle connection is logged, never fatal.
 * @param url PostgreSQL connection string
 * @param max most connections of this process
 */
export function openDatabase(
  url: string,
  { name, log, max = 10 }: { name: string; log: Logger; max?: number },
): Database {
  const sql = new Pool({
    connectionString: url,
    application_name: `watchkeeper ${name}`,
    max,
    min: Math.min(KEPT, max),
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
  });
  // One that is just being closed may still be told that its server stops: that is no news.
  sql.on("error", (error) => sql.ending || log.warn({ error: error.message }, "an idle database connection broke"));
  // One that is in use says so by the statement that fails; without a listener its own event would end the process.
  sql.on("connect", (client) => client.on("error", () => undefined));
  const db = new PrismaClient({
    adapter: new PrismaPg(sql, { disposeExternalPool: false }),
    // As long as a plain statement waits for a connection: many edits at once on a busy machine follow one another.
    transactionOptions: { maxWait: CONNECT_MS },
  });
  return {
    db,
    sql,
    close: async () => {
      await db.$disconnect();
      await sql.end();
    },
  };
}
