import type { PoolClient } from "pg";
import type { AlertRow } from "./alert-rows";
import type { Outcome } from "./apply-decision";
import type { Family } from "./family";

/** Longer no alert waits for what it depends on. */
const MAX_HOLD_MS = 15_000;
/** From asking for a run until a worker has claimed it. */
const CLAIM_MS = 3_500;

/**
 * Names for each firing alert of a check the alert whose effect it is: the one of a failing check that it depends on, and of
 * those the one that depends on none that fails itself.
 */
export function findParents(outcomes: readonly Outcome[], family: Family): Map<string, AlertRow> {
  const firing = new Map<string, AlertRow>();
  for (const { alert } of outcomes) {
    if (alert.state === "firing" && alert.checkId !== null && alert.clearSince === null)
      firing.set(alert.checkId, alert);
  }
  const found = new Map<string, AlertRow>();
  for (const { alert } of outcomes) {
    if (alert.state !== "firing" || alert.checkId === null) continue;
    const failing = [...family.ancestors(alert.checkId)].flatMap((id) =>
      id === alert.checkId ? [] : (firing.get(id) ?? []),
    );
    const isRoot = ({ checkId }: AlertRow) =>
      ![...family.ancestors(checkId ?? "")].some((id) => id !== checkId && firing.has(id));
    // In a circle of dependencies nobody is the root: then each speaks for itself.
    const root = failing.filter(isRoot).toSorted((a, b) => a.pendingSince.getTime() - b.pendingSince.getTime())[0];
    if (root) found.set(alert.id, root);
  }
  return found;
}

/**
 * Who waits before somebody is told, and which checks are run for it now: a check that has just failed waits for those that it
 * depends on, and an effect whose cause has just recovered for itself, since it likely recovered too. So nobody is told of an
 * effect, neither before its cause nor after it.
 */
export async function holdForChecks(
  client: PoolClient,
  outcomes: readonly Outcome[],
  parents: ReadonlyMap<string, AlertRow>,
  family: Family,
  now: Date,
): Promise<void> {
  await holdForParents(client, outcomes, parents, family, now);
  await holdForThemselves(client, outcomes, parents, now);
}

/** Effects whose cause has just recovered. */
async function holdForThemselves(
  client: PoolClient,
  outcomes: readonly Outcome[],
  parents: ReadonlyMap<string, AlertRow>,
  now: Date,
): Promise<void> {
  const isNow = (time: Date | null) => time?.getTime() === now.getTime();
  const recovered = new Set(
    outcomes.flatMap(({ alert }) => (isNow(alert.resolvedAt) || isNow(alert.clearSince) ? [alert.id] : [])),
  );
  const waiting = outcomes.filter(
    ({ alert }) =>
      alert.state === "firing" &&
      alert.notifiedAt === null &&
      alert.parentId !== null &&
      recovered.has(alert.parentId) &&
      !parents.has(alert.id),
  );
  if (waiting.length === 0) return;
  const { rows } = await client.query<{ id: string; timeoutMs: number }>(
    `UPDATE health_checks SET next_due_at = CASE WHEN lease_until IS NULL OR lease_until < $2 THEN least(next_due_at, $2) ELSE next_due_at END
     WHERE id = ANY($1) AND paused_at IS NULL RETURNING id, timeout_seconds * 1000 AS "timeoutMs"`,
    [waiting.flatMap(({ alert }) => alert.checkId ?? []), now],
  );
  const timeouts = new Map(rows.map(({ id, timeoutMs }) => [id, timeoutMs]));
  for (const { alert } of waiting) {
    const timeoutMs = timeouts.get(alert.checkId ?? "");
    if (timeoutMs !== undefined)
      alert.holdUntil = new Date(now.getTime() + Math.min(MAX_HOLD_MS, timeoutMs + CLAIM_MS));
  }
}

/**
 * A check that has just failed, and depends on others whose last result is older: those are run now, and its alert waits for
 * them, so that nobody is told of an effect before its cause.
 */
async function holdForParents(
  client: PoolClient,
  outcomes: readonly Outcome[],
  parents: ReadonlyMap<string, AlertRow>,
  family: Family,
  now: Date,
): Promise<void> {
  const waiting = outcomes.filter(
    ({ alert, isNew }) =>
      isNew && alert.checkId !== null && !parents.has(alert.id) && family.ancestors(alert.checkId).size > 0,
  );
  if (waiting.length === 0) return;
  const asked = new Set(waiting.flatMap(({ alert }) => [...family.ancestors(alert.checkId ?? "")]));
  const { rows } = await client.query<{ id: string; timeoutMs: number }>(
    `UPDATE health_checks SET next_due_at = CASE WHEN lease_until IS NULL OR lease_until < $2 THEN least(next_due_at, $2) ELSE next_due_at END
     WHERE id = ANY($1) AND paused_at IS NULL AND status IN ('ok', 'warning') AND (last_result ->> 'startedAt')::timestamptz < $3
     RETURNING id, timeout_seconds * 1000 AS "timeoutMs"`,
    [[...asked], now, new Date(now.getTime() - 1_000)],
  );
  const timeouts = new Map(rows.map(({ id, timeoutMs }) => [id, timeoutMs]));
  for (const { alert } of waiting) {
    const own = [...family.ancestors(alert.checkId ?? "")].flatMap((id) => timeouts.get(id) ?? []);
    if (own.length === 0) continue;
    alert.holdUntil = new Date(now.getTime() + Math.min(MAX_HOLD_MS, Math.max(...own) + CLAIM_MS));
  }
}
