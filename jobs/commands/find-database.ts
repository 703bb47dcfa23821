import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Client } from "pg";
import { startPostgres } from "@/lib/db/embedded/start-postgres";
import type { Env } from "@/lib/env";
import { makeDataFolder } from "../launcher/data-folder";
import { databaseFolder, databaseUrlFile } from "../launcher/database";
import { takeLock } from "../launcher/lock-file";
import { StartProblem } from "../launcher/start-problem";

export interface FoundDatabase {
  url: string;
  /** Stops what was started for the time of the command. */
  release: () => Promise<void>;
}

const POLL_MS = 250;
const STARTING_MS = 30_000;

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The embedded database that a running launcher has written down, where it answers. */
async function findRunning(dataDir: string): Promise<string | undefined> {
  const url = (await readFile(databaseUrlFile(dataDir), "utf8").catch(() => "")).trim();
  return url && (await answers(url)) ? url : undefined;
}

/**
 * Finds the product's database: the one of DATABASE_URL, else the embedded one that is running, else the embedded one started
 * for the time of the command.
 * @throws StartProblem when it is neither running nor can be started
 */
export async function findDatabase(env: Env): Promise<FoundDatabase> {
  const release = async () => undefined;
  if (env.DATABASE_URL) return { url: env.DATABASE_URL, release };
  const dataDir = resolve(env.DATA_DIR);
  const deadline = performance.now() + STARTING_MS;
  for (;;) {
    const url = await findRunning(dataDir);
    if (url) return { url, release };
    await makeDataFolder(dataDir);
    const lock = await takeLock(join(dataDir, "launcher.lock"), "a command");
    if (lock.taken) {
      const server = await startPostgres(databaseFolder(dataDir)).catch(async (error: unknown) => {
        await lock.release();
        throw error;
      });
      return { url: server.url, release: () => server.stop().finally(lock.release) };
    }
    // A launcher that is just starting brings the database up; another command ends soon.
    if (performance.now() > deadline) {
      throw new StartProblem(
        `Process ${lock.holder.pid} holds the data folder ${dataDir}, but its database does not answer.`,
      );
    }
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
}
