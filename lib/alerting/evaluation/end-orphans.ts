import type { PoolClient } from "pg";
import type { Outcome } from "./apply-decision";
import type { Round } from "./plan-round";

/** Ends the alerts of rules that were deleted or paused. */
export async function endOrphans(
  client: PoolClient,
  { rules, open, isPart }: Round,
  now: Date,
): Promise<Pick<Outcome, "alert" | "events">[]> {
  if (isPart) return [];
  const ids = new Set<string | null>(rules.map(({ id }) => id));
  const unknown = open.filter(({ ruleId }) => !ids.has(ruleId));
  if (unknown.length === 0) return [];
  // Asked now: a rule may have been made since the round began.
  const { rows } = await client.query<{ id: string }>(
    "SELECT id FROM alert_rules WHERE id = ANY($1) AND paused_at IS NULL",
    [unknown.flatMap(({ ruleId }) => ruleId ?? [])],
  );
  const alive = new Set<string | null>(rows.map(({ id }) => id));
  return unknown
    .filter(({ ruleId }) => !alive.has(ruleId))
    .map((alert) => {
      const resolvedReason = "its rule was deleted or paused";
      return {
        alert: { ...alert, state: "resolved" as const, resolvedAt: now, resolvedReason, clearSince: null },
        events: [{ alertId: alert.id, at: now, kind: "resolved", message: `Resolved: ${resolvedReason}.` }],
      };
    });
}
