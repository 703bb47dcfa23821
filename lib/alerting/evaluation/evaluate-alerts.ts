import type { PoolClient } from "pg";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/db/in-transaction";
import { readRules } from "../rule-rows";
import { readOpenAlerts } from "./alert-rows";
import { applyReading } from "./apply-decision";
import { decideTells, mayTell } from "./decide-tells";
import { endOrphans } from "./end-orphans";
import { readFamily } from "./family";
import { findParents, holdForChecks } from "./find-parents";
import { readFingerprints } from "./fingerprints";
import { lookAgainAt } from "./look-again";
import { readMuting } from "./muting";
import { type Plan, type Round, needsMemory, planRound } from "./plan-round";
import { FOLLOWS_CHECKS, readCheckSources, readSlowSources } from "./read-sources";
import { type Decided, writeRound } from "./write-round";

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

/**
 * One round: reads what the rules look at, moves their alerts on, and writes who is to be told, all in one transaction. Safe
 * from several processes at once: rounds follow one another, and a check's state is read within its round, so that a late
 * round never undoes a newer one. A source that can't be read leaves its rules' alerts as they are.
 * @throws when the database is away
 */
export async function evaluateAlerts(context: Context, scope: Scope = {}): Promise<Evaluation> {
  const { sql, config } = context;
  const sources = scope.checkIds ? FOLLOWS_CHECKS : scope.sources;
  const rules = await readRules(sql, config.cooldownSeconds, sources);
  const readings = await readSlowSources(context, rules);
  const { groupWaitSeconds, groupIntervalSeconds } = config.alerting;
  const gathering = { groupWaitMs: groupWaitSeconds * 1000, groupIntervalMs: groupIntervalSeconds * 1000 };
  return inTransaction(sql, async (client) => {
    await client.query("SELECT pg_advisory_xact_lock(hashtext('watchkeeper.alerts'))");
    const family = await readFamily(client);
    const checkIds = scope.checkIds && family.around(scope.checkIds);
    await readCheckSources(context, client, rules, readings, checkIds);
    const open = await readOpenAlerts(client, { sources: sources ?? null, checkIds: checkIds ?? null });
    const round = { rules, readings, open, family, isPart: checkIds !== undefined };
    const now = context.now();
    const decided = await decideRound(client, round, planRound(round), now);
    const written = await writeRound(client, round, decided, gathering, now);
    return { ...written, rules: rules.length, lookAgainAt: lookAgainAt(decided.outcomes, now) };
  });
}

/** What each planned reading means, and who is told of it. */
async function decideRound(client: PoolClient, round: Round, plans: readonly Plan[], now: Date): Promise<Decided> {
  const known = plans.filter(needsMemory).map(({ fingerprint }) => fingerprint);
  const remembered = await readFingerprints(client, known);
  const outcomes = plans.flatMap(({ rule, current, reading, fingerprint }) => {
    const firings = remembered.get(fingerprint)?.firings ?? [];
    return applyReading(rule, current, reading, firings, now) ?? [];
  });
  const orphans = await endOrphans(client, round, now);
  const parents = findParents(outcomes, round.family);
  await holdForChecks(client, outcomes, parents, round.family, now);
  const muting = outcomes.some(mayTell) ? await readMuting(client, now) : undefined;
  return { outcomes, orphans, remembered, ...decideTells(outcomes, { parents, remembered, muting }, now) };
}
