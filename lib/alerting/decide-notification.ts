import { type Severity, isWorse } from "./severity";

/** What decides whether somebody is told of an alert now. */
export interface NotificationFacts {
  state: "firing" | "resolved";
  severity: Severity;
  /** The last notification about this alert, and the worst severity that was told; null: nobody was told yet. */
  notified: { at: Date; severity: Severity } | null;
  /** The last notification for the same fingerprint, of an earlier alert too. */
  lastOfFingerprint: { at: Date; severity: Severity } | null;
  acknowledgedBy: string | null;
  /** What mutes it, in words: "maintenance Database upgrade until …"; the first one counts. */
  maintenance: string | null;
  silence: string | null;
  /** The failing check whose effect it is. */
  parent: string | null;
  /** Its parents are being looked at until then. */
  holdUntil: Date | null;
  cooldownSeconds: number;
}

export type NotificationDecision =
  | { tell: "firing" | "escalated" | "reminder" | "resolved"; reason: string }
  /** Nobody is told though there would be something to say. */
  | { tell: null; suppressed: string }
  /** There is nothing to say. */
  | { tell: null; suppressed: null; reason: string };

const clock = (at: Date): string => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

/**
 * Does this alert tell somebody now? Asked again at each evaluation, so that what was held back is told when it may be. Pure.
 *
 * For one fingerprint there is at most one notification in a cooldown; only a recovery and a rise in severity break through.
 * A recovery is told to those who were told of the firing, and to nobody else.
 */
export function decideNotification(facts: NotificationFacts, now: Date): NotificationDecision {
  const { notified, severity } = facts;
  if (facts.state === "resolved") {
    if (!notified) return { tell: null, suppressed: null, reason: "nobody was told that it fired" };
    if (facts.silence) return { tell: null, suppressed: facts.silence };
    return { tell: "resolved", reason: "it is over" };
  }
  const muted = facts.maintenance ?? facts.silence ?? (facts.parent && `an effect of ${facts.parent}`);
  if (muted) return { tell: null, suppressed: muted };
  if (!notified && facts.holdUntil && facts.holdUntil > now)
    return { tell: null, suppressed: "what it depends on is being looked at first" };
  const cooldownMs = facts.cooldownSeconds * 1000;
  if (!notified) {
    const last = facts.lastOfFingerprint;
    const until = last && new Date(last.at.getTime() + cooldownMs);
    if (last && until && until > now && !isWorse(severity, last.severity))
      return { tell: null, suppressed: `cooldown until ${clock(until)}: it was told at ${clock(last.at)}` };
    return { tell: "firing", reason: "it fires" };
  }
  if (isWorse(severity, notified.severity))
    return { tell: "escalated", reason: `${notified.severity} became ${severity}` };
  if (facts.acknowledgedBy)
    return { tell: null, suppressed: null, reason: `acknowledged by ${facts.acknowledgedBy}: no reminders` };
  if (now.getTime() - notified.at.getTime() >= cooldownMs) return { tell: "reminder", reason: "it still fires" };
  return { tell: null, suppressed: null, reason: "it was told" };
}
