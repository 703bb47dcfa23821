import type { PoolClient } from "pg";
import { FLAPPING } from "../decide-alert";
import { queueUpdates } from "../delivery/queue-update";
import { type AlertEventRow, writeAlertEvents, writeAlerts } from "./alert-rows";
import type { Outcome } from "./apply-decision";
import type { Tells } from "./decide-tells";
import { type FingerprintRow, writeFingerprints } from "./fingerprints";
import type { Round } from "./plan-round";
import { type Gathering, type Tell, writeNotifications } from "./write-notifications";

/** All that a round decided. */
export interface Decided extends Tells {
  outcomes: readonly Outcome[];
  /** Alerts of rules that are gone. */
  orphans: readonly Pick<Outcome, "alert" | "events">[];
  remembered: ReadonlyMap<string, FingerprintRow>;
}

/** Writes what a round decided, in its transaction: alerts, their story, and who is to be told. @returns how many were written */
export async function writeRound(
  client: PoolClient,
  round: Round,
  { outcomes, orphans, remembered, tells, touched, events }: Decided,
  gathering: Gathering,
  now: Date,
): Promise<{ changed: number; queued: number }> {
  const changed = [...outcomes.filter(({ alert, isChanged }) => isChanged || touched.has(alert.id)), ...orphans];
  // Parents before their effects, which refer to them.
  const alerts = changed
    .map(({ alert }) => alert)
    .toSorted((a, b) => Number(a.parentId !== null) - Number(b.parentId !== null));
  await writeAlerts(client, alerts);
  const queued = await writeNotifications(client, tells, gathering, now);
  const story = [...changed.flatMap((outcome) => outcome.events), ...events, ...unheard(tells, queued, now)];
  await writeAlertEvents(client, story);
  await writeFingerprints(client, memories(outcomes, tells, remembered, now), now);
  await writeProblems(client, round);
  const retold = changed.filter(({ alert, events: own }) => own.length > 0 && alert.notifiedAt !== null);
  const ids = retold.map(({ alert }) => alert.id);
  await queueUpdates(client, ids, now);
  if (changed.length > 0) await client.query(`SELECT pg_notify('watchkeeper', '{"topic":"alerts"}')`);
  return { changed: changed.length, queued: [...queued.values()].reduce((sum, count) => sum + count, 0) };
}

/** Told to no channel at all: that is said too. */
function unheard(tells: readonly Tell[], queued: ReadonlyMap<string, number>, now: Date): AlertEventRow[] {
  return tells
    .filter(({ alertId, kind }) => kind !== "resolved" && !queued.has(alertId))
    .map(({ alertId }) => ({
      alertId,
      at: now,
      kind: "suppressed",
      message: "Nobody is told: no channel of this rule is on. Set one up under Alerts, Channels.",
    }));
}

/** What is to be remembered of the fingerprints that began to fire or were told of. */
function memories(
  outcomes: readonly Outcome[],
  tells: readonly Tell[],
  remembered: ReadonlyMap<string, FingerprintRow>,
  now: Date,
): FingerprintRow[] {
  const told = new Set(tells.filter(({ kind }) => kind !== "resolved").map(({ alertId }) => alertId));
  return outcomes
    .filter(({ alert, isNew }) => isNew || told.has(alert.id))
    .map(({ alert, isNew }) => {
      const before = remembered.get(alert.fingerprint);
      const recent = (before?.firings ?? []).filter((at) => now.getTime() - at.getTime() < FLAPPING.withinMs);
      return {
        fingerprint: alert.fingerprint,
        notifiedAt: told.has(alert.id) ? now : (before?.notifiedAt ?? null),
        notifiedSeverity: told.has(alert.id) ? alert.severity : (before?.notifiedSeverity ?? null),
        firings: isNew ? [...recent, now] : recent,
      };
    });
}

/** Why a rule can't be evaluated is shown beside it. */
async function writeProblems(client: PoolClient, { rules, readings }: Round): Promise<void> {
  const changed = rules.flatMap(({ id, problem: before }) => {
    const read = readings.get(id);
    if (!read) return [];
    const problem = "problem" in read ? read.problem : null;
    return problem === before ? [] : [{ id, problem }];
  });
  if (changed.length === 0) return;
  await client.query(
    `UPDATE alert_rules r SET problem = c.problem FROM jsonb_to_recordset($1::jsonb) AS c(id uuid, problem text) WHERE r.id = c.id`,
    [JSON.stringify(changed)],
  );
}
