import { z } from "zod";
import type { CheckStatus } from "@/lib/checks/define-check";
import { defineSource, type PastReadings, type Reading } from "../define-source";
import type { Severity } from "../severity";

const config = z.strictObject({
  checks: z.array(z.string().min(1).max(64)).max(500).default([]).meta({
    title: "Checks",
    description: "Their keys, one a line. Where empty, every check.",
  }),
  warnings: z.boolean().default(false).meta({
    title: "Degraded checks too",
    description: "A check that warns fires as well, with the severity warning.",
  }),
});

type Config = z.output<typeof config>;

interface CheckRow {
  id: string;
  key: string;
  label: string;
  type: string;
  status: CheckStatus | null;
  isPaused: boolean;
  message: string;
}

const READ = `
  SELECT id, key, label, type, status, paused_at IS NOT NULL AS "isPaused",
    coalesce(nullif(last_result ->> 'message', ''), last_result ->> 'shortSummary', '') AS message
  FROM health_checks WHERE ($1::uuid[] IS NULL OR id = ANY($1))`;

/** What a check's state means for a rule. Pure. */
export function judgeCheck({ warnings }: Config, severity: Severity, check: CheckRow): Reading {
  const isDown = check.status === "failed" || check.status === "crashed";
  const isWarning = check.status === "warning" && warnings;
  const broken = check.status === "crashed" ? "The check itself is broken: " : "";
  return {
    key: check.id,
    subject: check.label,
    labels: { check: check.key, type: check.type },
    checkId: check.id,
    holds: check.isPaused ? false : check.status === null || check.status === "skipped" ? null : isDown || isWarning,
    value: null,
    threshold: null,
    unit: "",
    severity: isDown ? severity : "warning",
    summary: check.isPaused
      ? `${check.label} is paused.`
      : `${broken}${check.message || `${check.label} is ${check.status ?? "not known"}.`}`,
  };
}

export const checkState = defineSource({
  label: "Check",
  description: "A check fails, or its own code breaks; each check is an alert of its own.",
  config,
  example: { checks: ["database", "payments-api"] },
  followsChecks: true,
  read: async (rules, { sql }, only) => {
    const { rows } = await sql.query<CheckRow>({
      name: "alerting-checks",
      text: READ,
      values: [only?.checkIds ?? null],
    });
    return new Map(
      rules.map(({ id, severity, config: options }) => {
        const keys = new Set(options.checks);
        const own = keys.size === 0 ? rows : rows.filter(({ key }) => keys.has(key));
        return [id, own.map((row) => judgeCheck(options, severity, row))];
      }),
    );
  },
  readPast: async ({ severity, config: options }, { sql }, { from, to }) => {
    const { rows } = await sql.query<CheckRow & { at: Date }>(
      `SELECT c.id, c.key, c.label, c.type, r.state AS status, false AS "isPaused", coalesce(nullif(r.message, ''), r.short_summary) AS message, r.started_at AS at
       FROM (SELECT *, lag(state) OVER (PARTITION BY check_id ORDER BY scheduled_at) AS before FROM health_check_results
         WHERE scheduled_at >= $1 AND scheduled_at < $2) r
       JOIN health_checks c ON c.id = r.check_id
       WHERE r.state IS DISTINCT FROM r.before AND ($3::text[] = '{}' OR c.key = ANY($3)) ORDER BY r.started_at LIMIT 20000`,
      [from, to, options.checks],
    );
    const now = new Map<string, Reading>();
    return rows.map(({ at, ...row }): PastReadings => {
      now.set(row.id, judgeCheck(options, severity, row));
      return { at, readings: [...now.values()] };
    });
  },
});
