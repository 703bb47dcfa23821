import type { Pool } from "pg";
import { readActiveWindows } from "@/lib/alerting/evaluation/muting";
import type { Context } from "@/lib/core/context";
import { type TtlCache, createTtlCache } from "@/lib/core/ttl-cache";
import { maintenanceOver } from "./maintained-checks";
import type { FinishedRun } from "./run-claimed";

const CACHE_MS = 15_000;
const caches = new WeakMap<Pool, TtlCache>();

/**
 * Marks what ran in a maintenance window of its check, by the window's name in `meta.maintenance`: it is stored and shown,
 * and does not count as downtime. Windows are read at most each 15 s.
 */
export async function markMaintenance(
  { sql, now }: Pick<Context, "sql" | "now">,
  runs: readonly FinishedRun[],
): Promise<readonly FinishedRun[]> {
  const cache = caches.get(sql) ?? createTtlCache({ now });
  caches.set(sql, cache);
  const windows = await cache.get("windows", CACHE_MS, () => readActiveWindows(sql, now()));
  if (windows.length === 0) return runs;
  return runs.map((run) => {
    const found = maintenanceOver(windows, run.check);
    if (!found) return run;
    return { ...run, result: { ...run.result, meta: { ...run.result.meta, maintenance: found.label } } };
  });
}
