import { formatDuration, formatValue } from "@/lib/core/format";
import { incidentName } from "@/lib/incidents/incident";
import { lastedFor } from "../headline";
import type { MessageAlert } from "../message";

/** One alert in the words of an email, the same for HTML and text. */
export interface AlertWords {
  id: string;
  /** Of the bar and the label: a severity, `resolved` or `test`. */
  tone: "info" | "warning" | "critical" | "resolved" | "test";
  label: string;
  subject: string;
  summary: string;
  facts: readonly (readonly [name: string, value: string])[];
  effects: readonly string[];
  note: string | null;
  links: readonly { label: string; url: string }[];
}

/** Alerts of which an email says the names alone. */
export interface MoreAlerts {
  count: number;
  names: string;
  /** Where all of them are. */
  url: string;
}

const MAX_EFFECTS = 20;

/** Pure. @param at when the message was formed */
export function describeAlert(alert: MessageAlert, appUrl: string, at: Date): AlertWords {
  const tone = alert.kind === "test" ? "test" : alert.state === "resolved" ? "resolved" : alert.severity;
  return {
    id: alert.id,
    tone,
    label: labelOf(alert, tone, at),
    subject: alert.subject,
    summary: alert.summary,
    facts: factsOf(alert, at),
    effects: effectsOf(alert),
    note: alert.note,
    links: linksOf(alert, appUrl),
  };
}

function labelOf(alert: MessageAlert, tone: AlertWords["tone"], at: Date): string {
  const lasted = lastedFor(alert, at);
  if (tone === "resolved") return lasted === undefined ? "Resolved" : `Resolved after ${lasted}`;
  const word = `${tone.slice(0, 1).toUpperCase()}${tone.slice(1)}`;
  if (alert.kind === "reminder" && lasted !== undefined) return `${word}, still firing after ${lasted}`;
  return alert.kind === "escalated" ? `${word}, got worse` : word;
}

function factsOf(alert: MessageAlert, at: Date): [string, string][] {
  const { value, threshold, unit, firingSince, resolvedAt, ruleLabel, acknowledgedBy } = alert;
  const facts: [string, string | undefined][] = [
    ["Value", value === null ? undefined : formatValue(value, unit)],
    ["Limit", threshold === null ? undefined : formatValue(threshold, unit)],
    ["Since", firingSince === null ? undefined : sinceText(firingSince, resolvedAt === null ? at : undefined)],
    ["Resolved", resolvedAt === null ? undefined : timeText(resolvedAt)],
    ["Acknowledged by", acknowledgedBy ?? undefined],
    ["Rule", ruleLabel],
  ];
  return facts.flatMap(([name, text]): [string, string][] => (text === undefined ? [] : [[name, text]]));
}

function sinceText(firingSince: string, until: Date | undefined): string {
  const seconds = until ? (until.getTime() - Date.parse(firingSince)) / 1000 : 0;
  return seconds < 1 ? timeText(firingSince) : `${timeText(firingSince)} (${formatDuration(seconds)})`;
}

const timeText = (iso: string): string => `${iso.slice(0, 19).replace("T", " ")} UTC`;

function effectsOf({ effects }: MessageAlert): string[] {
  const shown = effects.slice(0, MAX_EFFECTS).map(({ subject, summary }) => `${subject}: ${summary}`);
  return effects.length > shown.length ? [...shown, `and ${effects.length - shown.length} more`] : shown;
}

function linksOf({ id, kind, checkId, incident, runbookUrl }: MessageAlert, appUrl: string): AlertWords["links"] {
  if (kind === "test") return [{ label: "Open Watchkeeper", url: appUrl }];
  const links = [{ label: "Open the alert", url: `${appUrl}/alerts/${id}` }];
  if (incident !== null)
    links.push({ label: `Incident ${incidentName(incident.number)}`, url: `${appUrl}/incidents/${incident.id}` });
  if (checkId !== null) links.push({ label: "Check", url: `${appUrl}/checks/${checkId}` });
  // Somebody wrote it into a rule: a link of another kind (javascript:) must not be clickable.
  if (runbookUrl !== null && /^https?:\/\//i.test(runbookUrl)) links.push({ label: "Runbook", url: runbookUrl });
  return links;
}
