import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type Rule, getRuleRow, toRule } from "./rule";

/** A rule with how its alerts are. */
export interface RuleWithCounts extends Rule {
  firing: number;
  pending: number;
}

const MAX_RULES = 1_000;

/** The rules by label, at most a thousand. @throws Problem forbidden */
export async function listRules(context: Context): Promise<RuleWithCounts[]> {
  authorize(context.actor, "read");
  const [rows, { rows: counts }] = await Promise.all([
    context.db.alertRule.findMany({ orderBy: [{ label: "asc" }, { id: "asc" }], take: MAX_RULES }),
    context.sql.query<{ ruleId: string; firing: number; pending: number }>(
      `SELECT rule_id AS "ruleId", count(*) FILTER (WHERE state = 'firing')::int AS firing, count(*) FILTER (WHERE state = 'pending')::int AS pending
       FROM alerts WHERE open_fingerprint IS NOT NULL AND rule_id IS NOT NULL GROUP BY 1`,
    ),
  ]);
  const byRule = new Map(counts.map((row) => [row.ruleId, row]));
  return rows.map((row) => ({
    ...toRule(row),
    firing: byRule.get(row.id)?.firing ?? 0,
    pending: byRule.get(row.id)?.pending ?? 0,
  }));
}

/** @param id its id or key @throws Problem forbidden, not-found */
export async function getRule(context: Context, { id }: { id: string }): Promise<Rule> {
  authorize(context.actor, "read");
  return toRule(await getRuleRow(context.db, id));
}
