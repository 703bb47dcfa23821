import type { Pool } from "pg";
import type { Env } from "@/lib/env";
import type { PrismaClient } from "@/lib/db/generated/client";
import type { Actor } from "./actor";
import type { Logger } from "./log";
import type { MonitoringConfig } from "@/lib/config";

/** All that a verb needs besides its input. Nothing else reads the clock, the environment or the network. */
export interface Context {
  /** Prisma's models, for everything that is not hot. */
  db: PrismaClient;
  /** A `pg` pool on the same database, for hot reads and writes. */
  sql: Pool;
  now: () => Date;
  fetch: typeof fetch;
  log: Logger;
  env: Env;
  /** monitoring.config.ts, parsed. */
  config: MonitoringConfig;
  actor: Actor;
}

/** The same context on behalf of somebody else. */
export function asActor(context: Context, actor: Actor): Context {
  return { ...context, actor };
}
