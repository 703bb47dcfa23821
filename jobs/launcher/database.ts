import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type EmbeddedPostgres, startPostgres } from "@/lib/db/embedded/start-postgres";
import { say } from "./say";
import { type Supervisor, supervise } from "./supervise";

/** The lines of the server that a person should see; the rest is about its daily work. */
const WORTH_SHOWING = /\b(WARNING|ERROR|FATAL|PANIC|DETAIL|HINT|STATEMENT):/;

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
      onLog: (line) => void (!stopping && WORTH_SHOWING.test(line) && say(`database: ${line}`)),
    });
    await writeFile(databaseUrlFile(dataDir), `${server.url}\n`, { mode: 0o600 });
    if (lastUrl !== undefined && lastUrl !== server.url) onMoved();
    lastUrl = server.url;
    return { ...server, kill: server.abort };
  };
  return supervise("database", start);
}
