import type { Pool, QueryConfig, QueryResultRow } from "pg";
import type { Context } from "@/lib/core/context";
import { createTtlCache } from "@/lib/core/ttl-cache";
import { isDatabaseAway } from "@/lib/db/database-away";
import { readMigrationNames } from "@/lib/db/migration-names";
import { isWorkerSilent } from "@/lib/checks/displayed-state";

const DATABASE_TIMEOUT_MS = 3_000;
/** Anybody may ask: however often, the database is asked once a second. */
const ANSWER_MS = 1_000;

interface Part {
  ok: boolean;
  /** What is missing, in a sentence. */
  message?: string;
}

/** Is everything there that the product needs to do its work? */
export interface Readiness {
  ready: boolean;
  database: Part;
  migrations: Part;
  worker: Part;
}

const OK: Part = { ok: true };
const UNKNOWN: Part = { ok: false, message: "Not known without the database." };

let needed: Promise<string[]> | undefined;

/** The migrations' names, read once: they are part of the version that runs. A failed reading is tried again. */
function neededMigrations(): Promise<string[]> {
  needed ??= readMigrationNames(process.cwd());
  needed.catch(() => (needed = undefined));
  return needed;
}

interface Facts {
  applied: string[];
  workerSeenAt: Date | null;
}

/** Decides from what the database said; null when it did not answer. Pure. */
export function decideReadiness(facts: Facts | null, migrationNames: readonly string[], now: Date): Readiness {
  if (!facts)
    return {
      ready: false,
      database: { ok: false, message: "The database cannot be reached." },
      migrations: UNKNOWN,
      worker: UNKNOWN,
    };
  const applied = new Set(facts.applied);
  const missing = migrationNames.filter((name) => !applied.has(name));
  const migrations = missing.length === 0 ? OK : { ok: false, message: `Not applied: ${missing.join(", ")}.` };
  const seen =
    facts.workerSeenAt === null
      ? "No worker was ever seen."
      : `No worker was seen since ${facts.workerSeenAt.toISOString()}.`;
  const worker = isWorkerSilent(now, facts.workerSeenAt) ? { ok: false, message: seen } : OK;
  return { ready: migrations.ok && worker.ok, database: OK, migrations, worker };
}

async function ask<Row extends QueryResultRow>(sql: Pool, text: string): Promise<Row[]> {
  const config: QueryConfig & { query_timeout: number } = { text, query_timeout: DATABASE_TIMEOUT_MS };
  return (await sql.query<Row>(config)).rows;
}

/** Asks the database; never throws for one that is away. */
async function readFacts({ sql, log }: Context): Promise<Facts | null> {
  try {
    const [there] = await ask<{ migrations: boolean; workers: boolean }>(
      sql,
      "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS migrations, to_regclass('workers') IS NOT NULL AS workers",
    );
    const applied = there?.migrations
      ? await ask<{ name: string }>(
          sql,
          "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
        )
      : [];
    const [worker] = there?.workers
      ? await ask<{ seen: Date | null }>(sql, "SELECT max(last_seen_at) AS seen FROM workers")
      : [];
    return { applied: applied.map((row) => row.name), workerSeenAt: worker?.seen ?? null };
  } catch (error) {
    if (!isDatabaseAway(error)) log.warn({ err: error }, "readiness could not ask the database");
    return null;
  }
}

const caches = new WeakMap<object, ReturnType<typeof createTtlCache>>();

export function readReadiness(context: Context): Promise<Readiness> {
  const cache = caches.get(context.sql) ?? createTtlCache({ now: context.now });
  caches.set(context.sql, cache);
  return cache.get("readiness", ANSWER_MS, async () =>
    decideReadiness(await readFacts(context), await neededMigrations(), context.now()),
  );
}
