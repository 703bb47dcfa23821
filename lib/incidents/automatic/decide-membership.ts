import type { AlertFacts, Candidate, OpenIncident } from "./facts";
import { NO_INCIDENT } from "./facts";

/** Which checks depend on which (lib/alerting/evaluation/family.ts). */
export interface Dependencies {
  /** All that a check depends on, near and far. */
  ancestors: (checkId: string) => ReadonlySet<string>;
}

export type Membership =
  | { to: "join"; incidentId: string; reason: string }
  | { to: "open"; reason: string }
  /** Not now; asked again at the next evaluation. */
  | { to: "none"; reason: string }
  /** A person decided: never asked again. */
  | { to: "out"; reason: string };

/** Alerts that fire so near to an incident's start are likely of the same cause. */
export const SAME_TIME_MS = 300_000;

/**
 * Where does a firing alert belong? It joins the open incident that it is related to the closest: by the alert whose effect it
 * is, by its check, by the dependencies of its check, by the time. Else it opens one, where its rule says so. Pure.
 */
export function decideMembership(
  alert: Candidate,
  incidents: readonly OpenIncident[],
  dependencies: Dependencies,
): Membership {
  const { incidentReason, muted } = alert;
  if (incidentReason !== null && !incidentReason.startsWith(NO_INCIDENT)) return { to: "out", reason: incidentReason };
  if (muted !== null) return { to: "none", reason: muted };
  if (alert.isHeld) return { to: "none", reason: "what it depends on is being looked at first" };
  const related = incidents
    .flatMap((incident) => {
      const relation = relate(alert, incident, dependencies);
      return relation ? [{ ...relation, incident }] : [];
    })
    .toSorted((a, b) => a.rank - b.rank || b.incident.startedAt.getTime() - a.incident.startedAt.getTime());
  const [best] = related;
  if (best) return { to: "join", incidentId: best.incident.id, reason: best.reason };
  const opens = alert.opensIncident ?? alert.severity === "critical";
  if (opens) return { to: "open", reason: "it opened it" };
  const why =
    alert.opensIncident === null ? `it is ${alert.severity}, and critical ones open one` : "its rule opens none";
  return { to: "none", reason: why };
}

/** How an alert is related to an incident, the closest way. Pure. */
function relate(
  alert: Candidate,
  incident: OpenIncident,
  { ancestors }: Dependencies,
): { rank: number; reason: string } | undefined {
  const { checkId, parentId } = alert;
  const parent = incident.alerts.find(({ id }) => id === parentId);
  if (parent) return { rank: 0, reason: `an effect of ${parent.subject}` };
  const effect = incident.alerts.find((other) => other.parentId === alert.id);
  if (effect) return { rank: 0, reason: `${effect.subject} is an effect of it` };
  if (checkId !== null) {
    const checks = checksOf(incident);
    if (checks.has(checkId)) return { rank: 1, reason: "the same check" };
    const above = [...ancestors(checkId)].find((id) => checks.has(id));
    if (above !== undefined) return { rank: 2, reason: `its check depends on ${checks.get(above)}` };
    const below = [...checks.keys()].find((id) => ancestors(id).has(checkId));
    if (below !== undefined) return { rank: 2, reason: `${checks.get(below)} depends on its check` };
  }
  if (!alert.isNews && incident.isOfAlerts && isAtStart(alert, incident))
    return { rank: 3, reason: "it fired within 5 min of its start" };
  return undefined;
}

/** The checks that an incident is about, with their names. */
function checksOf({ alerts, checks }: OpenIncident): Map<string, string> {
  const named = alerts.flatMap(({ checkId, subject }): [string, string][] =>
    checkId === null ? [] : [[checkId, subject]],
  );
  return new Map([...named, ...checks.map(({ checkId, label }): [string, string] => [checkId, label])]);
}

function isAtStart({ firingSince }: AlertFacts, { startedAt, detectedAt }: OpenIncident): boolean {
  const at = firingSince.getTime();
  return at >= startedAt.getTime() - SAME_TIME_MS && at <= detectedAt.getTime() + SAME_TIME_MS;
}

/** Alerts that open come first, causes before their effects, and the earlier before the later: so each finds the incident that it joins. Pure. */
export function inOrder(candidates: readonly Candidate[]): Candidate[] {
  const rank = ({ opensIncident, severity, parentId }: Candidate) =>
    ((opensIncident ?? severity === "critical") ? 0 : 2) + (parentId === null ? 0 : 1);
  return candidates.toSorted(
    (a, b) => rank(a) - rank(b) || a.firingSince.getTime() - b.firingSince.getTime() || a.id.localeCompare(b.id),
  );
}
