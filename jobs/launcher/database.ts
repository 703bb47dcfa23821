import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type EmbeddedPostgres, startPostgres } from "@/lib/db/embedded/start-postgres";
import { say } from "./say";
import { type Supervisor, supervise } from "./supervise";

const WORTH_SHOWING = /\b(WARNING|ERROR|FATAL|PANIC|DETAIL|HINT|STATEMENT):/;
/** A statement that failed was told to whoever sent it, who knows whether that is news. Its line shows data, too. */
const OF_A_STATEMENT = /\] (client backend|parallel worker): +(WARNING|ERROR|DETAIL|HINT|STATEMENT):/;

/** Is it a line of the server that a person should see? The rest is about its daily work. Pure. */
export function isWorthShowing(line: string): boolean {
  return WORTH_SHOWING.test(line) && !OF_A_STATEMENT.test(line);
}

/** Where the CLI finds the connection string of the embedded database. */
export const databaseUrlFile = (dataDir: string): string => join(dataDir, "database-url");
export const databaseFolder = (dataDir: string): string => join(dataDir, "postgres");

export type Database = EmbeddedPostgres & { kill: () => void };

/**
 * Starts the embedded PostgreSQL and keeps it running, always on the same port where it is free.
 * @param onMoved called when a restart had to take another port
 */
export function superviseDatabase(dataDir: string, onMoved: () => void): Supervisor<Database> {
  let stopping = false;
  let lastUrl: string | undefined;
  const start = async (signal: AbortSignal): Promise<Database> => {
    signal.addEventListener("abort", () => (stopping = true), { once: true });
    const server = await startPostgres(databaseFolder(dataDir), {
      // While it stops it says of each connection that it ends it.
      onLog: (line) => void (!stopping && isWorthShowing(line) && say(`database: ${line}`)),
    });
    await writeFile(databaseUrlFile(dataDir), `${server.url}\n`, { mode: 0o600 });
    if (lastUrl !== undefined && lastUrl !== server.url) onMoved();
    lastUrl = server.url;
    return { ...server, kill: server.abort };
  };
  return supervise("database", start);
}
