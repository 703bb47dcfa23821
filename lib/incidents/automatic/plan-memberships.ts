import { type Dependencies, decideMembership, inOrder } from "./decide-membership";
import { decideSeverity } from "./decide-severity";
import { titleOf } from "./decide-title";
import { type Candidate, NO_INCIDENT, type OpenIncident } from "./facts";

/** Where an alert belongs from now on; without an incident, why to none. */
export interface Assignment {
  alert: Candidate;
  incidentId: string | null;
  reason: string;
}

export interface MembershipPlan {
  /** New incidents, with their alerts. */
  opened: OpenIncident[];
  /** Of alerts for which something changes. */
  assignments: Assignment[];
}

/**
 * Where each firing alert belongs. An incident that one of them opens takes up those after it. Pure but for what `newId` does.
 * @param incidents the open ones: what joins is added to their alerts
 */
export function planMemberships(
  candidates: readonly Candidate[],
  incidents: readonly OpenIncident[],
  dependencies: Dependencies,
  newId: () => string,
): MembershipPlan {
  const opened: OpenIncident[] = [];
  const assignments: Assignment[] = [];
  for (const alert of inOrder(candidates)) {
    const all = [...incidents, ...opened];
    const membership = decideMembership(alert, all, dependencies);
    switch (membership.to) {
      case "open": {
        const incident = openOf(alert, newId());
        opened.push(incident);
        assignments.push({ alert, incidentId: incident.id, reason: membership.reason });
        break;
      }
      case "join":
        all.find(({ id }) => id === membership.incidentId)?.alerts.push(alert);
        assignments.push({ alert, incidentId: membership.incidentId, reason: membership.reason });
        break;
      case "none": {
        const reason = `${NO_INCIDENT}${membership.reason}`;
        if (reason !== alert.incidentReason) assignments.push({ alert, incidentId: null, reason });
        break;
      }
      default:
    }
  }
  return { opened, assignments };
}

/** The incident that an alert opens. Pure. */
function openOf(alert: Candidate, id: string): OpenIncident {
  return {
    id,
    title: titleOf(alert),
    severity: decideSeverity([alert.severity], alert.checkId === null ? 0 : 1).severity,
    status: "investigating",
    isAutomatic: true,
    isOfAlerts: true,
    startedAt: alert.pendingSince,
    detectedAt: alert.firingSince,
    acknowledgedAt: null,
    mitigatedAt: null,
    quietSince: null,
    alerts: [alert],
    checks: [],
  };
}
