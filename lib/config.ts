import { z } from "zod";
import "@/lib/core/plain-words";
import type { CheckType } from "@/lib/checks/define-check";
import type * as checkTypes from "@/lib/checks/types";
import type { RetentionDays } from "@/lib/db/partitions";

type KebabCase<S extends string> = S extends `${infer Head}${infer Tail}`
  ? Head extends Lowercase<Head>
    ? `${Head}${KebabCase<Tail>}`
    : `-${Lowercase<Head>}${KebabCase<Tail>}`
  : S;

type Types = typeof checkTypes;

/** A check in monitoring.config.ts; `config` is typed by the check's `type`. */
export type FileCheck = {
  [Name in keyof Types & string]: {
    type: KebabCase<Name>;
    label: string;
    config?: Types[Name] extends CheckType<infer Config> ? z.input<Config> : never;
    /** 10 to 86,400; 300 where unset. */
    intervalSeconds?: number;
    /** 1 to 300; 4 where unset. */
    timeoutSeconds?: number;
    /** So many failures in a row flip the state; 1 where unset. */
    failureThreshold?: number;
    /** Keys of checks: while one of them fails, this one's failure is its effect and alerts nobody. */
    dependsOn?: string[];
  };
}[keyof Types & string];

/** What a person writes in monitoring.config.ts. */
export interface MonitoringConfigInput {
  /** By key: small letters, digits and hyphens. */
  checks: Record<string, FileCheck>;
  thresholds: { errorRatePercent: number; responseTimeMs: number; memoryPercent: number; diskRemainingPercent: number };
  /** The least time between two notifications about the same thing. */
  cooldownSeconds: number;
  alerting?: {
    /** A message waits so long for other alerts to go with it; 0.5 where unset. */
    groupWaitSeconds?: number;
    /** After a message the next one to the same channel waits so long; 10 where unset. */
    groupIntervalSeconds?: number;
  };
  incidents?: {
    /** An incident that alerts opened is resolved once all of them have been over for so long; 15 where unset. */
    quietMinutes?: number;
  };
  /** Alert rules besides those that follow from the checks and thresholds, by key. */
  rules?: Record<string, FileRule>;
  /** Samples and results of the last so many days are kept. */
  retentionDays: number;
  metrics?: {
    /** Roll-ups of an hour and of a day are kept for so many days; a year and five years where unset. */
    rollupRetentionDays?: { hour?: number; day?: number };
    /** Most series of one name, and most that one API token may make: 10,000 and 50,000 where unset. */
    seriesLimits?: { perName?: number; perToken?: number };
  };
  /** Where alerts go, by key; what a channel's config leaves out is read from the environment. */
  channels: Record<string, FileChannel>;
}

/** An alert rule in monitoring.config.ts. */
export interface FileRule {
  label: string;
  /** A kind of docs/alerting.md. */
  source: string;
  config?: Record<string, unknown>;
  severity?: "info" | "warning" | "critical";
  forSeconds?: number;
  keepFiringSeconds?: number;
  cooldownSeconds?: number;
  /** Keys of channels; every channel where unset. */
  channels?: string[];
  runbookUrl?: string;
  /** Whether its alerts open an incident; where unset, those that are critical do. */
  opensIncident?: boolean;
  labels?: Record<string, string>;
}

/** A channel in monitoring.config.ts. */
export interface FileChannel {
  type: "email" | "smtp" | "slack" | "webhook";
  label?: string;
  config?: Record<string, unknown>;
}

export const CHECK_KEY = /^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/;

/** The timing of a check: shared by the file, the forms and the API. */
export const checkTiming = {
  intervalSeconds: z
    .int()
    .min(10, "must be at least 10 seconds")
    .max(86_400, "must be at most 86,400 seconds (a day)")
    .default(300),
  timeoutSeconds: z.int().min(1, "must be at least 1 second").max(300, "must be at most 300 seconds").default(4),
  failureThreshold: z.int().min(1, "must be at least 1").max(100, "must be at most 100").default(1),
};

/** Keys of the checks that a check depends on. */
export const dependsOn = z
  .array(z.string().regex(CHECK_KEY, "must be the key of a check: small letters, digits and hyphens"))
  .max(20, "must be at most 20")
  .default([]);

const days = z.int().min(1).max(3650);
const seriesLimit = z.int().min(1).max(10_000_000);

const metrics = z.object({
  rollupRetentionDays: z.object({ hour: days.default(365), day: days.default(1_826) }).prefault({}),
  seriesLimits: z.object({ perName: seriesLimit.default(10_000), perToken: seriesLimit.default(50_000) }).prefault({}),
});

const percent = z.number().min(0).max(100);
const key = z.string().regex(CHECK_KEY, "a key has small letters, digits and hyphens");

const schema = z.object({
  checks: z.record(
    z.string().regex(CHECK_KEY, "a check's key has small letters, digits and hyphens"),
    z.object({
      type: z.string(),
      label: z.string().min(1).max(120),
      config: z.record(z.string(), z.unknown()).default({}),
      ...checkTiming,
      dependsOn,
    }),
  ),
  thresholds: z.object({
    errorRatePercent: percent,
    responseTimeMs: z.number().positive(),
    memoryPercent: percent,
    diskRemainingPercent: percent,
  }),
  cooldownSeconds: z.int().min(0),
  retentionDays: days,
  metrics: metrics.prefault({}),
  alerting: z
    .object({
      groupWaitSeconds: z.number().min(0).max(300).default(0.5),
      groupIntervalSeconds: z.number().min(0).max(3_600).default(10),
    })
    .prefault({}),
  incidents: z.object({ quietMinutes: z.number().min(0).max(1_440).default(15) }).prefault({}),
  rules: z
    .record(
      key,
      z.object({
        label: z.string().min(1).max(120),
        source: z.string(),
        config: z.record(z.string(), z.unknown()).default({}),
        severity: z.enum(["info", "warning", "critical"]).default("warning"),
        forSeconds: z.int().min(0).max(86_400).default(0),
        keepFiringSeconds: z.int().min(0).max(86_400).default(0),
        cooldownSeconds: z.int().min(0).max(604_800).optional(),
        channels: z.array(z.string()).default([]),
        runbookUrl: z.url().optional(),
        opensIncident: z.boolean().optional(),
        labels: z.record(z.string(), z.string()).default({}),
      }),
    )
    .default({}),
  channels: z.record(
    key,
    z.object({
      type: z.enum(["email", "smtp", "slack", "webhook"]),
      label: z.string().min(1).max(120).optional(),
      config: z.record(z.string(), z.unknown()).default({}),
    }),
  ),
});

export type MonitoringConfig = z.output<typeof schema>;

/** How long each kind of rows that grow with time is kept. */
export function retentionOf({ retentionDays, metrics }: MonitoringConfig): RetentionDays {
  return { raw: retentionDays, ...metrics.rollupRetentionDays };
}

/** Checks and types monitoring.config.ts. @throws an Error naming every wrong field, at the start of each process */
export function defineConfig(input: MonitoringConfigInput): MonitoringConfig {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`monitoring.config.ts is not right:\n${lines.join("\n")}`);
}
