import { type NotificationDecision, decideNotification } from "../decide-notification";
import { worstOf } from "../severity";
import type { AlertEventRow, AlertRow } from "./alert-rows";
import type { Outcome } from "./apply-decision";
import type { FingerprintRow } from "./fingerprints";
import type { Muting } from "./muting";
import type { Tell } from "./write-notifications";

/** Who is told of what, and what that changes. */
export interface Tells {
  tells: Tell[];
  /** Ids of the alerts that it changed. */
  touched: Set<string>;
  events: AlertEventRow[];
}

/** What mutes, and what is known from before. */
export interface Known {
  /** By alert: the one whose effect it is. */
  parents: ReadonlyMap<string, AlertRow>;
  /** By fingerprint. */
  remembered: ReadonlyMap<string, FingerprintRow>;
  muting: Muting | undefined;
}

/** Only what fires or fired can be told of. Pure. */
export const mayTell = ({ alert }: Outcome): boolean => alert.firingSince !== null && alert.state !== "pending";

/** Decides for each alert whether somebody is told now, and notes it in the alert: when, or why not. */
export function decideTells(outcomes: readonly Outcome[], known: Known, now: Date): Tells {
  const found: Tells = { tells: [], touched: new Set(), events: [] };
  for (const outcome of outcomes.filter(mayTell)) {
    const { alert, rule } = outcome;
    const parent = known.parents.get(alert.id);
    const decision = decide(outcome, parent, known, now);
    // While it waits to be looked at anew it stays the effect that it was.
    const isHeld = alert.notifiedAt === null && alert.holdUntil !== null && alert.holdUntil > now;
    const parentId = alert.state === "resolved" || (isHeld && !parent) ? alert.parentId : (parent?.id ?? null);
    if (parentId !== alert.parentId) {
      alert.parentId = parentId;
      found.touched.add(alert.id);
    }
    if (decision.tell) {
      found.tells.push({ alertId: alert.id, kind: decision.tell, severity: alert.severity, channels: rule.channels });
      noteTold(alert, decision.tell, now);
      found.touched.add(alert.id);
    } else if (decision.suppressed !== alert.suppressedReason) {
      const message = `Nobody is told: ${decision.suppressed}.`;
      if (decision.suppressed) found.events.push({ alertId: alert.id, at: now, kind: "suppressed", message });
      alert.suppressedReason = decision.suppressed;
      found.touched.add(alert.id);
    }
  }
  return found;
}

function decide(
  { alert, rule }: Outcome,
  parent: AlertRow | undefined,
  { remembered, muting }: Known,
  now: Date,
): NotificationDecision {
  const { notifiedAt, notifiedSeverity, severity, labels } = alert;
  const before = remembered.get(alert.fingerprint);
  const facts = {
    state: alert.state === "resolved" ? ("resolved" as const) : ("firing" as const),
    severity,
    notified: notifiedAt && { at: notifiedAt, severity: notifiedSeverity ?? severity },
    lastOfFingerprint: before?.notifiedAt
      ? { at: before.notifiedAt, severity: before.notifiedSeverity ?? severity }
      : null,
    acknowledgedBy: alert.acknowledgedBy,
    maintenance: muting?.maintenance(labels) ?? null,
    silence: muting?.silence(labels) ?? null,
    parent: parent?.subject ?? null,
    holdUntil: alert.holdUntil,
    cooldownSeconds: rule.cooldownSeconds,
  };
  return decideNotification(facts, now);
}

function noteTold(alert: AlertRow, kind: Tell["kind"], now: Date): void {
  alert.suppressedReason = null;
  alert.holdUntil = null;
  if (kind === "resolved") return;
  const { notifiedSeverity, severity } = alert;
  alert.notifiedAt = now;
  alert.notifiedSeverity = notifiedSeverity ? worstOf([notifiedSeverity, severity]) : severity;
}
