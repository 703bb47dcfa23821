import type { Check } from "@/lib/checks/check";
import type { CheckStatus } from "@/lib/checks/define-check";
import type { DisplayedState } from "@/lib/checks/displayed-state";
import { listChecks } from "@/lib/checks/list-checks";
import { runHealthChecks } from "@/lib/checks/run-health-checks";
import { SYSTEM } from "@/lib/core/actor";
import { type Context, asActor } from "@/lib/core/context";
import { MAX_PAGE } from "@/lib/core/cursor";
import { createTtlCache } from "@/lib/core/ttl-cache";
import { withState } from "./check-answer";

/** The format of spatie/laravel-health 1.x (StoredCheckResults), which Oh Dear pulls. */
export interface HealthReport {
  /** UNIX seconds of the newest result. */
  finishedAt: number;
  checkResults: {
    name: string;
    label: string;
    notificationMessage: string;
    shortSummary: string;
    status: CheckStatus;
    meta: Record<string, unknown>;
  }[];
}

type ShownCheck = Pick<Check, "key" | "label" | "lastResult" | "lastResultAt"> & { state: DisplayedState };

/** `disk-space` → `DiskSpace`, as the checks are called there. */
function pascalCase(key: string): string {
  return key.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Their statuses don't know stale: a result that nobody renews is a check that broke, never a green one. */
const STATUS: Record<DisplayedState, CheckStatus> = {
  ok: "ok",
  warning: "warning",
  failed: "failed",
  crashed: "crashed",
  maintenance: "skipped",
  paused: "skipped",
  unknown: "skipped",
  stale: "crashed",
};

function messageFor({ state, lastResult, lastResultAt }: ShownCheck): string {
  if (state === "stale") return `No result since ${lastResultAt?.toISOString()}: nobody is watching.`;
  if (state === "maintenance") return "In maintenance.";
  if (state === "paused") return "Paused.";
  if (state === "unknown") return lastResult?.message || "No result yet.";
  return lastResult?.message ?? "";
}

/** Checks as a report; null when none ever had a result. Pure. */
export function toHealthReport(checks: readonly ShownCheck[]): HealthReport | null {
  const times = checks.flatMap((check) => (check.lastResultAt ? [check.lastResultAt.getTime()] : []));
  if (times.length === 0) return null;
  return {
    finishedAt: Math.floor(Math.max(...times) / 1000),
    checkResults: checks.map((check) => ({
      name: pascalCase(check.key),
      label: check.label,
      notificationMessage: messageFor(check),
      shortSummary: check.lastResult?.shortSummary ?? "",
      status: STATUS[check.state],
      meta: check.lastResult?.meta ?? {},
    })),
  };
}

/** Every check's stored state. @throws Problem forbidden */
export async function readHealthReport(context: Context): Promise<HealthReport | null> {
  const all: Check[] = [];
  let cursor: string | undefined;
  do {
    const page = await listChecks(context, { limit: MAX_PAGE, cursor });
    all.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return toHealthReport(await withState(context, all));
}

const FRESH_MS = 1_000;
const runs = new WeakMap<object, ReturnType<typeof createTtlCache>>();

/**
 * Runs every check now and stores the results, as the product itself: whoever may read may ask for fresh results. Askers
 * side by side share one run, so that pulling hard does not turn into hammering what is watched.
 */
export async function refreshHealth(context: Context): Promise<void> {
  const cache = runs.get(context.sql) ?? createTtlCache({ now: context.now });
  runs.set(context.sql, cache);
  await cache.get("run", FRESH_MS, () => runHealthChecks(asActor(context, SYSTEM), { store: true }));
}
