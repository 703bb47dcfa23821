import { z } from "zod";
import type { HealthCheck } from "@/lib/db/generated/client";
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

/** A stored check as it is shown. */
export function toCheck(row: HealthCheck): Check {
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
