import { causeOf, shorten } from "@/lib/alerting/headline";
import type { Alert } from "@/lib/alerting/alert";
import type { Check } from "@/lib/checks/check";
import type { AffectedCheck } from "./get-incident";
import type { Incident } from "./incident";
import { MAX_TITLE } from "./incident-input";

/** What a declaration begins with, for a person to look over. */
export interface Declaration {
  title: string;
  severity: Incident["severity"];
  checks: AffectedCheck[];
  /** Where nothing is known: now. */
  startedAt: Date | null;
}

type Guess = Pick<AffectedCheck, "impact"> & Pick<Declaration, "severity"> & { words: string };

const FAILS: Guess = { words: "fails", severity: "high", impact: "major" };
/** By a check's state; nothing is known to be wrong with any other. */
const GUESSES: Readonly<Record<string, Guess>> = {
  failed: FAILS,
  crashed: FAILS,
  warning: { words: "is degraded", severity: "medium", impact: "degraded" },
};
const UNKNOWN: Omit<Guess, "words"> = { severity: "medium", impact: "degraded" };

/** What is known of a check that somebody declares an incident about. Pure. */
export function declarationOfCheck({
  id,
  label,
  status,
  statusSince,
}: Pick<Check, "id" | "label" | "status" | "statusSince">): Declaration {
  const guess = status === null ? undefined : GUESSES[status];
  const { severity, impact } = guess ?? UNKNOWN;
  return {
    title: guess ? shorten(`${label} ${guess.words}`, MAX_TITLE) : "",
    severity,
    checks: [{ checkId: id, label, impact }],
    startedAt: guess ? statusSince : null,
  };
}

const SEVERITIES = { critical: "critical", warning: "medium", info: "low" } as const;

/** What is known of an alert that somebody declares an incident from. @param label of its check, while it has one. Pure. */
export function declarationOfAlert(
  alert: Pick<Alert, "subject" | "summary" | "severity" | "checkId" | "pendingSince">,
  label: string | null,
): Declaration {
  const { subject, severity, checkId, pendingSince } = alert;
  const impact = severity === "critical" ? "major" : "degraded";
  return {
    title: shorten(`${subject}: ${causeOf(alert)}`, MAX_TITLE),
    severity: SEVERITIES[severity],
    checks: checkId === null ? [] : [{ checkId, label: label ?? subject, impact }],
    startedAt: pendingSince,
  };
}
