import type { Pool } from "pg";
import type { z } from "zod";
import type { Context } from "@/lib/core/context";
import type { Severity } from "./severity";

type Labels = Readonly<Record<string, string>>;

/** A page of the dashboard. */
export interface SubjectPage {
  /** What is there: "Error". */
  word: string;
  href: string;
}

/** What a source says of one subject of a rule at one time. */
export interface Reading {
  /** Tells the subjects of a rule apart, the same for all time. */
  key: string;
  /** For people: "Payments API", "memory_usage, host web-1". */
  subject: string;
  labels: Labels;
  checkId?: string;
  /** Does the condition hold? null: nobody knows (no data), and what was stays. */
  holds: boolean | null;
  /** Between the limit and its clear limit: an alert that fires goes on firing, none begins. */
  isBetween?: boolean;
  value: number | null;
  threshold: number | null;
  unit: string;
  /** In place of the rule's own. */
  severity?: Severity;
  /** The cause, the number and the limit, in a sentence. */
  summary: string;
}

/** A rule as its source reads it. */
export interface SourceRule {
  id: string;
  severity: Severity;
  config: unknown;
}

/** What a source answers for one rule: what it read, or why it can't be read. */
export type Readings = readonly Reading[] | { problem: string };

/** Narrows a read to what just changed. */
export interface ReadOnly {
  checkIds: readonly string[];
}

/** Readings of one time of the past. */
export interface PastReadings {
  at: Date;
  readings: readonly Reading[];
}

/** What a source may use; `sql` may be a transaction. */
export type ReadContext = Pick<Context, "now"> & { sql: Pick<Pool, "query"> };

/** A kind of source as the registry sees it: configs are parsed inside. */
export interface SourceType<Config extends z.ZodObject = z.ZodObject> {
  label: string;
  description: string;
  config: Config;
  example: z.input<Config>;
  /** Read when a check's state flips too, and not each minute only. */
  followsChecks: boolean;
  /** Read when an error is new or has come back too, and not each minute only. */
  followsErrors: boolean;
  /** It tells of work that is due and not of trouble: its alerts belong to no incident, and are no cause of one. */
  isReminder: boolean;
  /** It tells of something once, and its alerts stay until it is quiet: that one is near in time says little of a cause. */
  isNews: boolean;
  /** Where an alert's subject is shown, by its labels; left out where it has no page but the alert's. */
  subjectPage?: (labels: Labels) => SubjectPage | undefined;
  /** Reads all rules of this kind at once. A subject that is not among the readings is gone: its alert resolves. */
  read: (rules: readonly SourceRule[], context: ReadContext, only?: ReadOnly) => Promise<Map<string, Readings>>;
  /** What a rule would have read, from stored history, the oldest first; left out where nothing is stored. */
  readPast?: (rule: SourceRule, context: Context, range: { from: Date; to: Date }) => Promise<PastReadings[]>;
}

/** A rule with its config parsed. */
export interface ParsedRule<Config> {
  id: string;
  severity: Severity;
  config: Config;
}

/**
 * Defines a kind of source: one file in lib/alerting/sources, one line in its index, one test beside it. Fields of `config`
 * have titles as those of checks (lib/checks/define-check.ts). A rule whose config is not valid is put aside with the reason.
 */
export function defineSource<Config extends z.ZodObject>(definition: {
  label: string;
  description: string;
  config: Config;
  example: z.input<Config>;
  followsChecks?: boolean;
  followsErrors?: boolean;
  isReminder?: boolean;
  isNews?: boolean;
  subjectPage?: (labels: Labels) => SubjectPage | undefined;
  read: (
    rules: readonly ParsedRule<z.output<Config>>[],
    context: ReadContext,
    only?: ReadOnly,
  ) => Promise<Map<string, Readings>>;
  readPast?: (
    rule: ParsedRule<z.output<Config>>,
    context: Context,
    range: { from: Date; to: Date },
  ) => Promise<PastReadings[]>;
}): SourceType<Config> {
  // The same stored config is the same object each time (lib/checks/stored-config.ts): it is parsed once.
  const known = new WeakMap<object, z.output<Config>>();
  const parse = (config: unknown): z.output<Config> | { problem: string } => {
    if (typeof config !== "object" || config === null) return { problem: "Its settings are no object." };
    const cached = known.get(config);
    if (cached) return cached;
    const parsed = definition.config.safeParse(config);
    if (!parsed.success) {
      const issues = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
      return { problem: `Its settings are not valid (${issues.join("; ")}).` };
    }
    known.set(config, parsed.data);
    return parsed.data;
  };
  const { readPast, followsChecks = false, followsErrors = false, isReminder = false, isNews = false } = definition;
  return {
    ...definition,
    followsChecks,
    followsErrors,
    isReminder,
    isNews,
    read: async (rules, context, only) => {
      const refused = new Map<string, Readings>();
      const parsed: ParsedRule<z.output<Config>>[] = [];
      for (const { id, severity, config } of rules) {
        const own = parse(config);
        if (isProblem(own)) refused.set(id, own);
        else parsed.push({ id, severity, config: own });
      }
      const read = parsed.length === 0 ? [] : await definition.read(parsed, context, only);
      return new Map([...refused, ...read]);
    },
    readPast:
      readPast &&
      (async ({ id, severity, config }, context, range) => {
        const own = parse(config);
        return isProblem(own) ? [] : readPast({ id, severity, config: own }, context, range);
      }),
  };
}

const isProblem = (parsed: object): parsed is { problem: string } =>
  "problem" in parsed && typeof parsed.problem === "string";
