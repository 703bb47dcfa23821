import { z } from "zod";
import { type HealthCheck, Prisma } from "@/lib/db/generated/client";
import { CHECK_STATUSES, type CheckStatus } from "./define-check";
import { maskConfig } from "./mask-config";

const lastResult = z.object({
  scheduledAt: z.coerce.date(),
  startedAt: z.coerce.date(),
  durationMs: z.number(),
  status: z.enum(CHECK_STATUSES),
  shortSummary: z.string(),
  message: z.string(),
  meta: z.record(z.string(), z.unknown()),
});
export type LastResult = z.infer<typeof lastResult>;

/** A check as it is shown: secrets in its config are masked. */
export interface Check {
  id: string;
  key: string;
  type: string;
  label: string;
  /** `file`: from monitoring.config.ts, read-only but for pausing and running. */
  origin: "file" | "database";
  config: Record<string, unknown>;
  intervalSeconds: number;
  timeoutSeconds: number;
  failureThreshold: number;
  /** Keys of the checks that it depends on. */
  dependsOn: string[];
  pausedAt: Date | null;
  /** The state after failureThreshold; null until it is decided. `stateOf` says what to show. */
  status: CheckStatus | null;
  statusSince: Date | null;
  /** Failed results in a row, up to the newest. */
  consecutiveFailures: number;
  lastResult: LastResult | null;
  lastResultAt: Date | null;
  nextDueAt: Date;
  createdAt: Date;
}

/** What of a stored check is shown. */
export type StoredCheck = Pick<HealthCheck, keyof Check>;

/** The columns of a StoredCheck, of health_checks as `c`. */
export const CHECK_COLUMNS = Prisma.raw(`
  c.id, c.key, c.type, c.label, c.origin, c.config, c.interval_seconds AS "intervalSeconds", c.timeout_seconds AS "timeoutSeconds",
  c.failure_threshold AS "failureThreshold", c.depends_on AS "dependsOn", c.paused_at AS "pausedAt", c.status,
  c.status_since AS "statusSince", c.consecutive_failures AS "consecutiveFailures", c.last_result AS "lastResult",
  c.last_result_at AS "lastResultAt", c.next_due_at AS "nextDueAt", c.created_at AS "createdAt"`);

/** A stored check as it is shown. */
export function toCheck(row: StoredCheck): Check {
  return {
    id: row.id,
    key: row.key,
    type: row.type,
    label: row.label,
    origin: row.origin,
    config: maskConfig(row.type, row.config),
    intervalSeconds: row.intervalSeconds,
    timeoutSeconds: row.timeoutSeconds,
    failureThreshold: row.failureThreshold,
    dependsOn: row.dependsOn,
    pausedAt: row.pausedAt,
    status: row.status,
    statusSince: row.statusSince,
    consecutiveFailures: row.consecutiveFailures,
    lastResult: lastResult.safeParse(row.lastResult).data ?? null,
    lastResultAt: row.lastResultAt,
    nextDueAt: row.nextDueAt,
    createdAt: row.createdAt,
  };
}

/** What the audit keeps of a check: what a person decides about it, secrets masked. */
export function auditedCheck(row: HealthCheck): object {
  const { key, type, label, config, intervalSeconds, timeoutSeconds, failureThreshold, dependsOn } = toCheck(row);
  return { key, type, label, config, intervalSeconds, timeoutSeconds, failureThreshold, dependsOn };
}
