import type { PoolClient } from "pg";
import type { Context } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";
import { groupBy } from "@/lib/core/group-by";
import { decideNotification } from "../decide-notification";
import { FLAPPING } from "../decide-alert";
import type { Reading, Readings, ReadContext } from "../define-source";
import { fingerprintOf } from "../fingerprint";
import { inTransaction } from "@/lib/db/in-transaction";
import { queueUpdates } from "../delivery/queue-update";
import { type EvaluatedRule, readRules } from "../rule-rows";
import { worstOf } from "../severity";
import { SOURCE_TYPES } from "../source-registry";
import { type AlertEventRow, type AlertRow, readOpenAlerts, writeAlertEvents, writeAlerts } from "./alert-rows";
import { type Outcome, applyReading } from "./apply-decision";
import { type Family, readFamily } from "./family";
import { findParents, holdForParents } from "./find-parents";
import { type FingerprintRow, readFingerprints, writeFingerprints } from "./fingerprints";
import { readMuting } from "./muting";
import { type Tell, writeNotifications } from "./write-notifications";

export interface Evaluation {
  rules: number;
  /** Alerts that were written. */
  changed: number;
  /** Notifications that wait to be sent now. */
  queued: number;
  /** An alert waits until then, sooner than the next round: look again. */
  lookAgainAt: Date | null;
}

/** What is looked at: everything, some kinds of rules, or the rules that follow checks and these checks. */
export interface Scope {
  sources?: readonly string[];
  checkIds?: readonly string[];
}

const FOLLOWS_CHECKS = [...SOURCE_TYPES].filter(([, { followsChecks }]) => followsChecks).map(([id]) => id);

/**
 * One round: reads what the rules look at, moves their alerts on, and writes who is to be told, all in one transaction. Safe
 * from several processes at once: rounds follow one another, and a check's state is read within its round, so that a late
 * round never undoes a newer one. A source that can't be read leaves its rules' alerts as they are.
 * @throws when the database is away
 */
export async function evaluateAlerts(context: Context, scope: Scope = {}): Promise<Evaluation> {
  const sources = scope.checkIds ? FOLLOWS_CHECKS : scope.sources;
  const rules = await readRules(context.sql, context.config.cooldownSeconds, sources);
  const readings = new Map<string, Readings>();
  const own = (source: string) => rules.filter((rule) => rule.source === source);
  for (const source of new Set(rules.map((rule) => rule.source))) {
    if (!FOLLOWS_CHECKS.includes(source)) await readSource(context, context, source, own(source), readings);
  }
  return inTransaction(context.sql, async (client) => {
    await client.query("SELECT pg_advisory_xact_lock(hashtext('watchkeeper.alerts'))");
    const family = await readFamily(client);
    const checkIds = scope.checkIds && family.around(scope.checkIds);
    const live = { sql: client, now: context.now };
    for (const source of FOLLOWS_CHECKS) {
      if (own(source).length > 0) await readSource(context, live, source, own(source), readings, checkIds);
    }
    const open = await readOpenAlerts(client, { sources: sources ?? null, checkIds: checkIds ?? null });
    const evaluation = await settle(context, client, { rules, readings, open, family, isPart: checkIds !== undefined });
    return { ...evaluation, rules: rules.length };
  });
}

async function readSource(
  { log }: Context,
  context: ReadContext,
  source: string,
  rules: readonly EvaluatedRule[],
  into: Map<string, Readings>,
  checkIds?: readonly string[],
): Promise<void> {
  const type = SOURCE_TYPES.get(source);
  const answer = type
    ? await type.read(rules, context, checkIds && { checkIds }).catch((error: unknown) => {
        // Inside a transaction a failed statement ends the round; outside the others go on.
        if (type.followsChecks) throw error;
        log.error({ source, error: messageOf(error) }, "a source of alerts can't be read; its alerts stay as they are");
        return undefined;
      })
    : new Map(rules.map(({ id }) => [id, { problem: `There is no source "${source}" in this version.` }]));
  for (const [id, readings] of answer ?? []) into.set(id, readings);
}

interface Round {
  rules: readonly EvaluatedRule[];
  readings: ReadonlyMap<string, Readings>;
  open: readonly AlertRow[];
  family: Family;
  /** Only some checks were looked at: a subject that is missing is not gone. */
  isPart: boolean;
}

async function settle(context: Context, client: PoolClient, round: Round): Promise<Omit<Evaluation, "rules">> {
  const now = context.now();
  const byRule = groupBy(round.open, ({ ruleId }) => ruleId);
  const plans = round.rules.flatMap((rule) =>
    planRule(rule, round.readings.get(rule.id), byRule.get(rule.id) ?? [], round.isPart),
  );
  const remembered = await readFingerprints(
    client,
    plans.filter(needsMemory).map(({ fingerprint }) => fingerprint),
  );
  const outcomes = plans.flatMap(
    ({ rule, current, reading, fingerprint }) =>
      applyReading(rule, current, reading, remembered.get(fingerprint)?.firings ?? [], now) ?? [],
  );
  const orphans = round.isPart ? [] : await endOrphans(client, round, now);
  const parents = findParents(outcomes, round.family);
  await holdForParents(client, outcomes, parents, round.family, now);
  const { tells, touched, events } = await decideTells(client, outcomes, parents, remembered, now);
  const changed = [...outcomes.filter(({ alert, isChanged }) => isChanged || touched.has(alert.id)), ...orphans];
  // Parents before their effects, which refer to them.
  const alerts = changed
    .map(({ alert }) => alert)
    .toSorted((a, b) => Number(a.parentId !== null) - Number(b.parentId !== null));
  await writeAlerts(client, alerts);
  const queued = await writeNotifications(client, tells, gathering(context), now);
  await writeAlertEvents(client, [
    ...changed.flatMap((outcome) => outcome.events),
    ...events,
    ...unheard(tells, queued, now),
  ]);
  await writeFingerprints(client, memories(outcomes, tells, remembered, now), now);
  await writeProblems(client, round);
  const ended = changed.filter(({ alert, events: own }) => own.length > 0 && alert.notifiedAt !== null);
  await queueUpdates(
    client,
    ended.map(({ alert }) => alert.id),
    now,
  );
  if (changed.length > 0) await client.query(`SELECT pg_notify('watchkeeper', '{"topic":"alerts"}')`);
  return {
    changed: changed.length,
    queued: [...queued.values()].reduce((sum, count) => sum + count, 0),
    lookAgainAt: soonest(outcomes, now),
  };
}

interface Plan {
  rule: EvaluatedRule;
  fingerprint: string;
  current: AlertRow | undefined;
  reading: Reading | undefined;
}

/** Each subject of a rule that was read or has an open alert. */
function planRule(
  rule: EvaluatedRule,
  readings: Readings | undefined,
  open: readonly AlertRow[],
  isPart: boolean,
): Plan[] {
  // Not read, or not readable: what was stays.
  if (!readings || "problem" in readings) return [];
  const byFingerprint = new Map(open.map((alert) => [alert.fingerprint, alert]));
  const plans: Plan[] = [];
  for (const reading of readings) {
    const isQuiet = reading.holds !== true && byFingerprint.size === 0;
    if (isQuiet) continue;
    const fingerprint = fingerprintOf(rule.key, reading.key);
    const current = byFingerprint.get(fingerprint);
    byFingerprint.delete(fingerprint);
    if (current || reading.holds) plans.push({ rule, fingerprint, current, reading });
  }
  if (isPart) return plans;
  const gone = [...byFingerprint].map(([fingerprint, current]) => ({ rule, fingerprint, current, reading: undefined }));
  return [...plans, ...gone];
}

/** Would it begin to fire, or does it still wait to be told? Then what was before matters. */
const needsMemory = ({ current, reading }: Plan): boolean =>
  current === undefined || current.state === "pending" || (reading?.holds !== false && current.notifiedAt === null);

/** Ends the alerts of rules that were deleted or paused. */
async function endOrphans(
  client: PoolClient,
  { rules, open }: Round,
  now: Date,
): Promise<Pick<Outcome, "alert" | "events">[]> {
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

async function decideTells(
  client: PoolClient,
  outcomes: readonly Outcome[],
  parents: ReadonlyMap<string, AlertRow>,
  remembered: ReadonlyMap<string, FingerprintRow>,
  now: Date,
): Promise<{ tells: Tell[]; touched: Set<string>; events: AlertEventRow[] }> {
  const tells: Tell[] = [];
  const touched = new Set<string>();
  const events: AlertEventRow[] = [];
  const candidates = outcomes.filter(({ alert }) => alert.firingSince !== null && alert.state !== "pending");
  const muting = candidates.length > 0 ? await readMuting(client, now) : undefined;
  for (const { alert, rule } of candidates) {
    const parent = parents.get(alert.id);
    const memory = remembered.get(alert.fingerprint);
    const { notifiedAt, notifiedSeverity } = alert;
    const decision = decideNotification(
      {
        state: alert.state === "resolved" ? "resolved" : "firing",
        severity: alert.severity,
        notified: notifiedAt && { at: notifiedAt, severity: notifiedSeverity ?? alert.severity },
        lastOfFingerprint: memory?.notifiedAt
          ? { at: memory.notifiedAt, severity: memory.notifiedSeverity ?? alert.severity }
          : null,
        acknowledgedBy: alert.acknowledgedBy,
        maintenance: muting?.maintenance(alert.labels) ?? null,
        silence: muting?.silence(alert.labels) ?? null,
        parent: parent?.subject ?? null,
        holdUntil: alert.holdUntil,
        cooldownSeconds: rule.cooldownSeconds,
      },
      now,
    );
    const parentId = alert.state === "resolved" ? alert.parentId : (parent?.id ?? null);
    if (parentId !== alert.parentId) {
      alert.parentId = parentId;
      touched.add(alert.id);
    }
    if (decision.tell) {
      tells.push({ alertId: alert.id, kind: decision.tell, severity: alert.severity, channels: rule.channels });
      alert.suppressedReason = null;
      alert.holdUntil = null;
      if (decision.tell !== "resolved") {
        alert.notifiedAt = now;
        alert.notifiedSeverity = notifiedSeverity ? worstOf([notifiedSeverity, alert.severity]) : alert.severity;
      }
      touched.add(alert.id);
    } else if (decision.suppressed !== alert.suppressedReason) {
      if (decision.suppressed)
        events.push({
          alertId: alert.id,
          at: now,
          kind: "suppressed",
          message: `Nobody is told: ${decision.suppressed}.`,
        });
      alert.suppressedReason = decision.suppressed;
      touched.add(alert.id);
    }
  }
  return { tells, touched, events };
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

function gathering({ config: { alerting } }: Context) {
  return { groupWaitMs: alerting.groupWaitSeconds * 1000, groupIntervalMs: alerting.groupIntervalSeconds * 1000 };
}

/** When the next alert of a check falls due by itself. */
function soonest(outcomes: readonly Outcome[], now: Date): Date | null {
  const times = outcomes.flatMap(({ alert, rule }) => {
    if (alert.state === "pending") return [alert.pendingSince.getTime() + rule.forSeconds * 1000];
    if (alert.state !== "firing") return [];
    if (alert.clearSince)
      return [
        alert.clearSince.getTime() + Math.max(rule.keepFiringSeconds * 1000, alert.isFlapping ? FLAPPING.calmMs : 0),
      ];
    return alert.holdUntil && alert.holdUntil > now ? [alert.holdUntil.getTime()] : [];
  });
  // What is past due and did not move (nobody knows its state) waits for the minute's round: else it would be looked at all the time.
  const ahead = times.filter((time) => time > now.getTime());
  return ahead.length > 0 ? new Date(Math.min(...ahead)) : null;
}
