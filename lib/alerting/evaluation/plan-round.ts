import { groupBy } from "@/lib/core/group-by";
import type { Reading, Readings } from "../define-source";
import { fingerprintOf } from "../fingerprint";
import type { EvaluatedRule } from "../rule-rows";
import type { AlertRow } from "./alert-rows";
import type { Family } from "./family";

/** What one round looks at. */
export interface Round {
  rules: readonly EvaluatedRule[];
  /** By rule; a rule that is missing was not read. */
  readings: ReadonlyMap<string, Readings>;
  open: readonly AlertRow[];
  family: Family;
  /** Only some checks were looked at: a subject that is missing is not gone. */
  isPart: boolean;
}

/** One subject of a rule that is to be decided. */
export interface Plan {
  rule: EvaluatedRule;
  fingerprint: string;
  /** undefined: there is no open alert. */
  current: AlertRow | undefined;
  /** undefined: the subject is gone. */
  reading: Reading | undefined;
}

/** Each subject of a rule whose condition holds or that has an open alert. Pure. */
export function planRound({ rules, readings, open, isPart }: Round): Plan[] {
  const byRule = groupBy(open, ({ ruleId }) => ruleId);
  return rules.flatMap((rule) => planRule(rule, readings.get(rule.id), byRule.get(rule.id) ?? [], isPart));
}

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
    // Most of ten thousand readings: no hash is made for them.
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

/** Would it begin to fire, or does it still wait to be told? Then what was before matters. Pure. */
export const needsMemory = ({ current, reading }: Plan): boolean =>
  current === undefined || current.state === "pending" || (reading?.holds !== false && current.notifiedAt === null);
