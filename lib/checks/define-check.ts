import type { Pool } from "pg";
import { z } from "zod";
import type { Env } from "@/lib/env";
import type { Logger } from "@/lib/core/log";
import type { Sample } from "@/lib/metrics/sample";
import type { WriteOutcome } from "@/lib/metrics/writer/rows";

export const CHECK_STATUSES = ["ok", "warning", "failed", "crashed", "skipped"] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];

/** What a check answers. The runner adds `crashed`, time-outs and timing. */
export interface CheckAnswer {
  status: Exclude<CheckStatus, "crashed">;
  /** A few characters for a card: "61 %", "182 ms", "12 connections". */
  shortSummary: string;
  /** The cause, the number and the limit, in a sentence: "Disk / is 93 % full (limit 90 %)." Empty when all is well. */
  message?: string;
  /** Flat facts worth keeping: numbers with the unit in the name. */
  meta?: Record<string, unknown>;
}

/** One stored run of a check. Times of phases, in ms and in order, are `meta.phases` where the kind measures them. */
export interface CheckResult {
  status: CheckStatus;
  shortSummary: string;
  message: string;
  meta: Record<string, unknown>;
  startedAt: Date;
  durationMs: number;
}

/** What a running check may use. `signal` aborts at the time-out: pass it on to everything that waits. */
export interface CheckContext {
  signal: AbortSignal;
  /** Ends when the check must have answered, for APIs that take a time-out instead of a signal. */
  timeoutMs: number;
  now: () => Date;
  /** The product's own database. */
  sql: Pool;
  env: Env;
  log: Logger;
  /** Stores metrics that the check read. @throws Problem overloaded */
  writeSamples: (samples: readonly Sample[]) => Promise<WriteOutcome>;
}

/** A kind of check as the registry sees it: the config is parsed inside. */
export interface CheckType<Config extends z.ZodObject = z.ZodObject> {
  label: string;
  description: string;
  config: Config;
  /** A config as somebody would write it, for the documentation. */
  example: z.input<Config>;
  /** Parses the config and answers. May throw: the runner calls that `crashed`. */
  run: (config: unknown, context: CheckContext) => Promise<CheckAnswer>;
}

/**
 * Defines a kind of check: one file in lib/checks/types, one line in lib/checks/types/index.ts, one test beside it.
 * Each field of `config` has a title (`.meta({ title, description })`); the form, the API and the docs are made from them.
 * A field with `.meta({ secret: true })` is never shown again once stored; in a URL only the password is hidden.
 * Make it a `z.strictObject`: a misspelt field is refused. A text of several lines has `.meta({ multiline: true })`.
 * `example` is a config that a person might write; the docs show it.
 */
export function defineCheck<Config extends z.ZodObject>(definition: {
  label: string;
  description: string;
  config: Config;
  example: z.input<Config>;
  run: (config: z.output<Config>, context: CheckContext) => Promise<CheckAnswer>;
}): CheckType<Config> {
  const parse = (config: unknown): z.output<Config> => {
    const parsed = definition.config.safeParse(config);
    if (parsed.success) return parsed.data;
    const issues = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`its config is not valid (${issues.join("; ")})`);
  };
  // A worker runs the same config again and again (lib/checks/stored-config.ts keeps it one object).
  const known = new WeakMap<object, z.output<Config>>();
  const parseOnce = (config: unknown): z.output<Config> => {
    if (typeof config !== "object" || config === null) return parse(config);
    const parsed = known.get(config) ?? parse(config);
    known.set(config, parsed);
    return parsed;
  };
  return { ...definition, run: async (config, context) => definition.run(parseOnce(config), context) };
}
