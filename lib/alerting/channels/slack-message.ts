import type { KnownBlock, MessageAttachment, MessageMetadata } from "@slack/web-api";
import { formatValue } from "@/lib/core/format";
import { incidentName } from "@/lib/incidents/incident";
import { causeOf, headline, lastedFor, shorten } from "../headline";
import type { MessageAlert } from "../message";
import type { Severity } from "../severity";
import type { Outgoing } from "./define-channel";
import { inPieces, mrkdwn, slackLink } from "./slack-text";

/** Slack takes 50 blocks a message; an alert takes up to five, and the line of the others one. */
const MAX_ALERTS = 9;
const MAX_EFFECTS = 10;
const MAX_NAME = 60;
/** Of one text of a block. */
const MAX_TEXT = 3_000;

/** What Slack's button tells us (lib/alerting/slack-actions). */
export const ACKNOWLEDGE = "watchkeeper_acknowledge";
export const SILENCE = "watchkeeper_silence";

const COLORS: Record<Severity, string> = { critical: "#dc2626", warning: "#d97706", info: "#2563eb" };
const RESOLVED = "#16a34a";

/** The metadata by which a message whose answer was lost is found again. */
export const METADATA_TYPE = "watchkeeper_message";

export interface SlackMessage {
  /** What stands in the phone's notification. */
  text: string;
  attachments: MessageAttachment[];
  metadata: MessageMetadata;
}

/** A message in Slack's Block Kit: a bar in the colour of the severity beside each alert. Pure. */
export function slackMessage({ id, content, createdAt }: Outgoing): SlackMessage {
  const { alerts, appUrl } = content;
  const text = mrkdwn(headline(content, createdAt), 1_000);
  const shown = alerts.slice(0, MAX_ALERTS);
  const attachments = shown.map((alert): MessageAttachment => ({
    color: alert.state === "resolved" ? RESOLVED : COLORS[alert.severity],
    fallback: mrkdwn(`${alert.subject}: ${causeOf(alert)}`, 1_000),
    blocks: blocksOf(alert, appUrl, createdAt),
  }));
  const rest = alerts.length - shown.length;
  if (rest > 0) {
    // Each is named, so that nobody has to look elsewhere whether theirs is among them.
    const names = alerts.slice(MAX_ALERTS).map(({ subject }) => mrkdwn(subject, MAX_NAME));
    const others = slackLink(`${appUrl}/alerts`, `and ${rest} more`) ?? `and ${rest} more`;
    const pieces = inPieces(names, MAX_TEXT);
    attachments.push({ fallback: `and ${rest} more`, blocks: [context(`${others}:`), ...pieces.map(context)] });
  }
  return { text, attachments, metadata: { event_type: METADATA_TYPE, event_payload: { id } } };
}

function blocksOf(alert: MessageAlert, appUrl: string, at: Date): KnownBlock[] {
  const { effects, note, kind, state, id } = alert;
  const title = slackLink(`${appUrl}/alerts/${id}`, shorten(alert.subject, 90));
  const name = kind === "test" || title === undefined ? mrkdwn(alert.subject, 300) : title;
  const blocks: KnownBlock[] = [
    section(`*${name}* · ${stateText(alert, at)}\n${mrkdwn(alert.summary, 2_000)}`),
    context(facts(alert, appUrl).join("  ·  ")),
  ];
  if (effects.length > 0) {
    const names = effects.slice(0, MAX_EFFECTS).map(({ subject }) => mrkdwn(subject, 100));
    const more = effects.length > names.length ? ` and ${effects.length - names.length} more` : "";
    blocks.push(context(`Because of it: ${names.join(", ")}${more}`));
  }
  if (note !== null) blocks.push(context(`:warning: ${mrkdwn(note, 1_000)}`));
  if (state === "firing" && kind !== "test") blocks.push(buttons(alert));
  return blocks;
}

/** "firing", "resolved after 12 min", "acknowledged by Ada" */
function stateText(alert: MessageAlert, at: Date): string {
  if (alert.kind === "test") return "test";
  const lasted = lastedFor(alert, at);
  if (alert.state === "resolved") return `resolved${lasted === undefined ? "" : ` after ${lasted}`}`;
  const by = alert.acknowledgedBy === null ? "" : `, acknowledged by ${mrkdwn(alert.acknowledgedBy, 200)}`;
  const still = alert.kind === "reminder" && lasted !== undefined ? ` for ${lasted}` : "";
  return `${alert.severity}${still}${by}`;
}

/** The number against its limit, since when, and where to look. */
function facts(alert: MessageAlert, appUrl: string): string[] {
  const { value, threshold, unit, firingSince, checkId, incident, runbookUrl, ruleLabel } = alert;
  const number = value === null ? undefined : mrkdwn(formatValue(value, unit), 100);
  const limit = threshold === null ? undefined : mrkdwn(formatValue(threshold, unit), 100);
  const measured = number !== undefined && limit !== undefined ? `${number} (limit ${limit})` : number;
  return [
    measured,
    firingSince === null ? undefined : `since ${dateText(firingSince)}`,
    mrkdwn(ruleLabel, 200),
    incident === null
      ? undefined
      : slackLink(`${appUrl}/incidents/${incident.id}`, `Incident ${incidentName(incident.number)}`),
    checkId === null ? undefined : slackLink(`${appUrl}/checks/${checkId}`, "Check"),
    runbookUrl === null ? undefined : slackLink(runbookUrl, "Runbook"),
  ].filter((fact) => fact !== undefined);
}

/** Slack shows it in each reader's own time zone. */
function dateText(iso: string): string {
  const seconds = Math.floor(Date.parse(iso) / 1000);
  return `<!date^${seconds}^{date_short_pretty} {time}|${iso.slice(0, 16).replace("T", " ")} UTC>`;
}

function buttons({ id, acknowledgedBy }: MessageAlert): KnownBlock {
  const silence = button("Silence 1 h", SILENCE, id);
  return {
    type: "actions",
    elements:
      acknowledgedBy === null ? [{ ...button("Acknowledge", ACKNOWLEDGE, id), style: "primary" }, silence] : [silence],
  };
}

const button = (text: string, actionId: string, value: string) =>
  ({ type: "button", text: { type: "plain_text", text }, action_id: actionId, value }) as const;

const section = (text: string): KnownBlock => ({
  type: "section",
  text: { type: "mrkdwn", text: text.slice(0, MAX_TEXT) },
});

const context = (text: string): KnownBlock => ({
  type: "context",
  elements: [{ type: "mrkdwn", text: text === "" ? " " : text.slice(0, MAX_TEXT) }],
});
