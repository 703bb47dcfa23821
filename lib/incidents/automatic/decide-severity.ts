import { type Severity, worstOf } from "@/lib/alerting/severity";
import { INCIDENT_SEVERITIES, type Incident } from "../incident";

const BASE: Record<Severity, Incident["severity"]> = { info: "low", warning: "medium", critical: "high" };
/** So many affected checks make it one step worse. */
export const MANY_CHECKS = 3;

/**
 * How severe is an incident of these alerts? A critical alert makes it high, a warning medium, an info low; with three or more
 * affected checks it is one step worse. Pure.
 */
export function decideSeverity(
  severities: Iterable<Severity>,
  affected: number,
): { severity: Incident["severity"]; reason: string } {
  const worst = worstOf(severities);
  const step = INCIDENT_SEVERITIES.indexOf(BASE[worst]) + (affected >= MANY_CHECKS ? 1 : 0);
  const checks = affected === 1 ? "1 check is affected" : `${affected} checks are affected`;
  return { severity: INCIDENT_SEVERITIES[step] ?? "critical", reason: `the worst alert is ${worst}, ${checks}` };
}

/** Pure. */
export const isMoreSevere = (a: Incident["severity"], b: Incident["severity"]): boolean =>
  INCIDENT_SEVERITIES.indexOf(a) > INCIDENT_SEVERITIES.indexOf(b);
