import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import type { CheckResult } from "./define-check";
import { mapLimited } from "./map-limited";
import { runAndStore } from "./run-and-store";
import { runClaimed } from "./run-claimed";

/** One check and what it just answered. */
export interface CheckRun extends CheckResult {
  id: string;
  key: string;
  type: string;
  label: string;
}

/** All checks run side by side: hung ones cost their time-out once, not one after the other. */
const CONCURRENCY = 500;

/**
 * Runs checks now and answers when all have: every one that is not paused, or those with the given keys.
 * @param store keeps the results and states too; otherwise nothing is written
 * @throws Problem forbidden, not-found naming the keys that no check has
 */
export async function runHealthChecks(
  context: Context,
  { keys, store = false }: { keys?: readonly string[]; store?: boolean } = {},
): Promise<CheckRun[]> {
  authorize(context.actor, store ? "checks:write" : "read");
  const rows = await context.db.healthCheck.findMany({
    where: keys ? { key: { in: [...keys] } } : { pausedAt: null },
    orderBy: [{ label: "asc" }, { id: "asc" }],
  });
  const missing = keys?.filter((key) => !rows.some((row) => row.key === key)) ?? [];
  if (missing.length > 0)
    throw new Problem("not-found", `There is no check ${missing.map((key) => `"${key}"`).join(", ")}.`);

  const ids = rows.map((row) => row.id);
  const now = context.now();
  const runs = store
    ? await runAndStore(context, ids, CONCURRENCY)
    : await mapLimited(rows, CONCURRENCY, (row) =>
        runClaimed(context, { ...row, scheduledAt: now, leaseUntil: now, owner: "" }),
      );
  const results = new Map(runs.map((run) => [run.check.id, run.result]));
  return rows.flatMap(({ id, key, type, label }) => {
    const result = results.get(id);
    return result ? [{ id, key, type, label, ...result }] : [];
  });
}
