import { z } from "zod";
import { REMINDER_SOURCES } from "@/lib/alerting/source-registry";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { isTimeZone } from "@/lib/metrics/query/local-days";
import { moment } from "@/lib/metrics/sample";
import { parseCauses } from "../causes/cause";
import { type Breakdown, breakDown, figuresByMonth, type MonthFigures } from "./incident-figures";
import { monthOf, monthsOf, startOfMonth } from "./months";
import { type Downtime, readDowntime } from "./read-downtime";
import { type Recurring, recurringCategories, recurringRoots } from "./recurring";

const MAX_RANGE_MS = 5 * 366 * 86_400_000;
const MAX_INCIDENTS = 20_000;
const DEFAULT_MONTHS = 6;

export const getFiguresInput = z
  .strictObject({
    from: moment
      .optional()
      .meta({ description: "Where left out, the beginning of the month five months before `to`." }),
    to: moment.optional().meta({ description: "Not included; now where left out." }),
    timezone: z
      .string()
      .refine(isTimeZone, "must be a time zone, like Europe/Berlin")
      .default("UTC")
      .meta({ description: "By whose clocks months begin." }),
  })
  .refine(({ from, to }) => !from || !to || from < to, { path: ["from"], message: "must be before to" })
  .refine(({ from, to }) => !from || !to || to.getTime() - from.getTime() <= MAX_RANGE_MS, {
    path: ["from"],
    message: "must be at most five years before to",
  });

/** A rule whose alerts fired in the range. */
export interface FiringRule {
  /** null: the rule was deleted. */
  ruleId: string | null;
  label: string;
  count: number;
}

export interface IncidentFigures {
  from: Date;
  to: Date;
  timezone: string;
  /** Of all that started in the range. */
  total: Breakdown;
  months: MonthFigures[];
  /** Checks that were down in the range, the longest first. */
  downtime: Downtime[];
  categories: Recurring[];
  roots: Recurring[];
  /** Alerts are kept for `retentionDays`: of a longer range these are the last ones. */
  rules: FiringRule[];
}

/**
 * What incidents cost in a range, and what they come from: times to detect, acknowledge and resolve by month and severity,
 * downtime by check, causes that recur.
 * @throws Problem forbidden, invalid
 */
export async function getFigures(
  context: Context,
  input: z.input<typeof getFiguresInput> = {},
): Promise<IncidentFigures> {
  authorize(context.actor, "read");
  const { timezone, to = context.now(), from: given } = parseInput(getFiguresInput, input, "The query");
  const lastMonth = monthOf(timezone, new Date(to.getTime() - 1));
  const from = given ?? startOfMonth(timezone, lastMonth, 1 - DEFAULT_MONTHS);
  const range = { from, to };
  const rows = await context.db.incident.findMany({
    // One that was merged counts as the one that it is a part of.
    where: { startedAt: { gte: from, lt: to }, mergedIntoId: null },
    orderBy: { startedAt: "desc" },
    take: MAX_INCIDENTS,
    select: {
      id: true,
      number: true,
      severity: true,
      startedAt: true,
      detectedAt: true,
      acknowledgedAt: true,
      resolvedAt: true,
      causes: true,
      postmortem: { select: { causeCategory: true } },
    },
  });
  const incidents = rows.map(({ causes, postmortem, ...row }) => ({
    ...row,
    causes: parseCauses(causes),
    causeCategory: postmortem?.causeCategory ?? "",
  }));
  return {
    ...range,
    timezone,
    total: breakDown(incidents),
    months: figuresByMonth(incidents, monthsOf(timezone, range), timezone),
    downtime: await readDowntime(context, range),
    categories: recurringCategories(incidents),
    roots: recurringRoots(incidents),
    rules: await readRules(context, range),
  };
}

async function readRules({ sql }: Pick<Context, "sql">, { from, to }: { from: Date; to: Date }): Promise<FiringRule[]> {
  const { rows } = await sql.query<FiringRule>(
    `SELECT max(rule_id::text) AS "ruleId", (array_agg(rule_label ORDER BY firing_since DESC))[1] AS label, count(*)::int AS count
     FROM alerts WHERE firing_since >= $1 AND firing_since < $2 AND source <> ALL($3) GROUP BY rule_key ORDER BY count DESC, label LIMIT 20`,
    [from, to, REMINDER_SOURCES],
  );
  return rows;
}
