import { incidentName } from "@/lib/incidents/incident";
import type { MessageAlert } from "../message";
import type { Outgoing } from "./define-channel";

/** Alertmanager's own word for "not over yet". */
const NO_END = "0001-01-01T00:00:00Z";
/** What one body holds of a large outage. */
const MAX_ALERTS = 200;

/** A message as version 4 of Alertmanager's webhook. Pure. */
export function alertmanagerBody({ content, target }: Pick<Outgoing, "content" | "target">) {
  const { alerts, appUrl } = content;
  const shown = alerts.slice(0, MAX_ALERTS).map((alert) => alertOf(alert, appUrl));
  const [first] = alerts;
  const groupLabels = alerts.length === 1 && first ? { alertname: first.ruleLabel } : {};
  return {
    version: "4",
    groupKey: alerts.length === 1 && first ? first.fingerprint : `{}:${target}`,
    truncatedAlerts: alerts.length - shown.length,
    status: alerts.every(({ state }) => state === "resolved") ? "resolved" : "firing",
    receiver: "watchkeeper",
    groupLabels,
    commonLabels: common(shown.map(({ labels }) => labels)),
    commonAnnotations: common(shown.map(({ annotations }) => annotations)),
    externalURL: appUrl,
    alerts: shown,
  };
}

function alertOf(alert: MessageAlert, appUrl: string) {
  const { labels, ruleLabel, ruleKey, severity, subject, summary, runbookUrl, value, threshold } = alert;
  const { effects, incident, note } = alert;
  return {
    status: alert.state === "resolved" ? "resolved" : "firing",
    labels: { ...labels, alertname: ruleLabel, rule: ruleKey, severity, subject },
    annotations: {
      summary,
      kind: alert.kind,
      ...(runbookUrl !== null && { runbook_url: runbookUrl }),
      ...(value !== null && { value: String(value) }),
      ...(threshold !== null && { threshold: String(threshold) }),
      ...(alert.acknowledgedBy !== null && { acknowledged_by: alert.acknowledgedBy }),
      ...(effects.length > 0 && { effects: effects.map((effect) => effect.subject).join(", ") }),
      ...(incident !== null && {
        incident: incidentName(incident.number),
        incident_url: `${appUrl}/incidents/${incident.id}`,
      }),
      ...(note !== null && { note }),
    },
    startsAt: alert.firingSince ?? NO_END,
    endsAt: alert.resolvedAt ?? NO_END,
    generatorURL: `${appUrl}/alerts/${alert.id}`,
    fingerprint: alert.fingerprint,
  };
}

/** What all of them have in common. */
function common(sets: readonly Record<string, string>[]): Record<string, string> {
  const [first = {}, ...others] = sets;
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) => others.every((other) => other[name] === value)),
  );
}
