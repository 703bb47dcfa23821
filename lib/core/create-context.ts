import config from "@/monitoring.config";
import type { Env } from "@/lib/env";
import { openDatabase } from "@/lib/db/client";
import { ANONYMOUS } from "./actor";
import type { Context } from "./context";
import type { Logger } from "./log";

/** Most database connections of each kind of process. */
const CONNECTIONS = { web: 10, worker: 10, cli: 8 } as const;

/**
 * Makes the context of a process: real database, real clock, real network. Connections are made when first needed.
 * @param url the database's connection string
 * @returns the context, its actor anonymous (`asActor` gives it one), and what closes its connections
 */
export function createContext(input: { env: Env; process: keyof typeof CONNECTIONS; url: string; log: Logger }): {
  context: Context;
  close: () => Promise<void>;
} {
  const { env, url, log } = input;
  const { db, sql, close } = openDatabase(url, { name: input.process, log, max: CONNECTIONS[input.process] });
  return { context: { db, sql, now: () => new Date(), fetch, log, env, config, actor: ANONYMOUS }, close };
}
