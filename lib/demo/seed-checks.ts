import type { PoolClient } from "pg";
import { syncFileChecks } from "@/lib/checks/sync-file-checks";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { inTransaction } from "@/lib/db/in-transaction";
import { type DemoCheck, demoChecks, USUAL_MS, USUAL_SUMMARY } from "./demo-checks";
import type { DemoOutage } from "./demo-outages";
import {
  CLEAR_RESULTS,
  COUNT_OLDER_DAYS,
  DELETE_EMPTY_DAYS,
  INSERT_CHECK,
  INSERT_RESULTS,
  SHOW_LAST_RESULT,
} from "./results-sql";

const UPTIME_DAYS = 90;
const DAY_MS = 86_400_000;

interface Target {
  id: string;
  key: string;
  type: string;
  intervalSeconds: number;
  usualMs: number;
}

/**
 * Makes the demo's checks and the results of those and of monitoring.config.ts's, at their intervals up to now or to where
 * real results begin, and 90 days of counts for uptime.
 * @throws Problem conflict when somebody else's check has the key of one of the demo's
 */
export async function seedChecks(
  context: Context,
  { from, now, product }: { from: Date; now: Date; product: URL },
  outages: readonly DemoOutage[],
  onCheck: (label: string) => void,
): Promise<{ checks: number; results: number }> {
  await syncFileChecks({ ...context, now: () => now });
  const checks = demoChecks(product);
  const fileChecks = await context.db.healthCheck.findMany({ where: { origin: "file" }, orderBy: { key: "asc" } });
  const targets: Target[] = [
    ...checks,
    ...fileChecks.map((check) => ({ ...check, usualMs: USUAL_MS[check.type] ?? 4 })),
  ];
  await replaceChecks(context, checks, now);
  let results = 0;
  for (const target of targets) {
    onCheck(target.key);
    results += await inTransaction(context.sql, (client) => seedResults(client, target, { from, now }, outages));
  }
  await context.sql.query(SHOW_LAST_RESULT, [checks.map(({ id }) => id)]);
  return { checks: checks.length, results };
}

async function replaceChecks(context: Context, checks: readonly DemoCheck[], now: Date): Promise<void> {
  const ids = checks.map(({ id }) => id);
  const keys = checks.map(({ key }) => key);
  const taken = await context.db.healthCheck.findFirst({ where: { key: { in: keys }, id: { notIn: ids } } });
  if (taken)
    throw new Problem(
      "conflict",
      `The check "${taken.label}" has the key ${taken.key}, which the demo needs. Delete it first.`,
    );
  const createdAt = new Date(now.getTime() - UPTIME_DAYS * DAY_MS);
  await inTransaction(context.sql, async (client) => {
    await client.query("DELETE FROM health_checks WHERE id = ANY($1::uuid[])", [ids]);
    for (const { id, key, type, label, config, intervalSeconds, dependsOn } of checks) {
      // Due only when its history stands: no worker runs it before.
      await client.query(INSERT_CHECK, [
        id,
        key,
        type,
        label,
        JSON.stringify(config),
        intervalSeconds,
        createdAt,
        new Date(now.getTime() + DAY_MS),
        dependsOn,
      ]);
    }
  });
}

async function seedResults(
  client: PoolClient,
  check: Target,
  { from, now }: { from: Date; now: Date },
  outages: readonly DemoOutage[],
): Promise<number> {
  await client.query("SELECT setseed(0.42)");
  await client.query(CLEAR_RESULTS, [check.id, check.intervalSeconds]);
  await client.query(DELETE_EMPTY_DAYS, [check.id]);
  const { rows: real } = await client.query<{ first: Date | null }>(
    "SELECT min(scheduled_at) AS first FROM health_check_results WHERE check_id = $1",
    [check.id],
  );
  const firstReal = real[0]?.first ?? undefined;
  const failures = outages.flatMap(({ from: start, to, failures: byKey }) => {
    const failure = byKey[check.key];
    return failure ? [{ start, to, ...failure }] : [];
  });
  const stepMs = check.intervalSeconds * 1000;
  const first = new Date(Math.ceil(from.getTime() / stepMs) * stepMs);
  const { rows } = await client.query<{ results: number }>(INSERT_RESULTS, [
    check.id,
    first,
    firstReal && firstReal < now ? firstReal : now,
    check.intervalSeconds,
    check.usualMs,
    check.type,
    USUAL_SUMMARY[check.type] ?? null,
    failures.map(({ start }) => start.toISOString()),
    failures.map(({ to }) => to.toISOString()),
    failures.map(({ status }) => status),
    failures.map(({ shortSummary }) => shortSummary),
    failures.map(({ message }) => message),
    failures.map(({ durationMs }) => durationMs),
    firstReal ?? null,
  ]);
  await client.query(COUNT_OLDER_DAYS, [
    check.id,
    new Date(now.getTime() - (UPTIME_DAYS - 1) * DAY_MS),
    first,
    Math.floor(86_400 / check.intervalSeconds),
    check.usualMs,
  ]);
  return rows[0]?.results ?? 0;
}
