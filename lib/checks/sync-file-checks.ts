import { isDeepStrictEqual } from "node:util";
import type { Context } from "@/lib/core/context";
import { notifyChecks } from "./notify-checks";
import { toStoredJson } from "./stored-json";

/**
 * Brings the checks of monitoring.config.ts into the database: new and changed ones run at once, unchanged ones keep their
 * grid, those that left the file are deleted with their results. A key that a check made in the dashboard already has stays
 * with that one, which is logged. Safe with several processes at a time.
 */
export async function syncFileChecks(context: Context): Promise<void> {
  const { db, config, log } = context;
  const now = context.now();
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('watchkeeper.file-checks'))`;
    const keys = Object.keys(config.checks);
    const rows = await tx.healthCheck.findMany({ where: { OR: [{ origin: "file" }, { key: { in: keys } }] } });
    const byKey = new Map(rows.map((row) => [row.key, row]));
    let changes = 0;
    for (const [key, check] of Object.entries(config.checks)) {
      const stored = byKey.get(key);
      const wanted = { ...check, config: toStoredJson(check.config) };
      if (stored?.origin === "database") {
        log.error(
          { check: key },
          "this key of monitoring.config.ts is taken by a check made in the dashboard; rename one of them",
        );
      } else if (!stored) {
        await tx.healthCheck.create({ data: { ...wanted, key, origin: "file", createdAt: now, nextDueAt: now } });
        changes++;
      } else if (!isDeepStrictEqual({ ...stored, ...wanted }, stored)) {
        await tx.healthCheck.update({
          where: { id: stored.id },
          data: { ...wanted, nextDueAt: now, leaseOwner: null, leaseUntil: null },
        });
        changes++;
      }
    }
    const gone = rows.filter((row) => row.origin === "file" && !(row.key in config.checks));
    if (gone.length > 0) await tx.healthCheck.deleteMany({ where: { id: { in: gone.map((row) => row.id) } } });
    if (changes + gone.length > 0) await notifyChecks(tx);
  });
}
