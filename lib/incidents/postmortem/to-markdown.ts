import { formatDuration } from "@/lib/core/format";
import type { ActionItem } from "../actions/action-item";
import type { TimelineEntry } from "../get-incident";
import { incidentName } from "../incident";
import type { PostmortemDocument } from "./document";
import { escapeMarkdown } from "./draft-postmortem";

const clock = (at: Date): string => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
const NOT_WRITTEN = "_Not written yet._";

/** A post-mortem as one Markdown file, times in UTC. Texts of people stay as they are; all else is escaped. Pure. */
export function toMarkdown(document: PostmortemDocument): string {
  const { incident, timeline, postmortem, actions } = document;
  const { causeCategory, whys } = postmortem;
  const category = causeCategory ? `Kind of cause: ${escapeMarkdown(causeCategory)}\n\n` : "";
  const sections: [title: string, text: string][] = [
    ["Impact", postmortem.impact],
    ["Timeline", timeline.map(entryLine).join("\n")],
    ["Root cause", category + (postmortem.rootCause || NOT_WRITTEN)],
    ["Contributing factors", postmortem.contributingFactors],
    ["Five whys", numberedWhys(whys)],
    ["What went well", postmortem.wentWell],
    ["What went badly", postmortem.wentBadly],
    ...(actions.length > 0 ? [["Action items", actions.map(actionLine).join("\n")] satisfies [string, string]] : []),
  ];
  return [
    `# ${incidentName(incident.number)}: ${escapeMarkdown(incident.title)}`,
    facts(document),
    ...sections.map(([title, text]) => `## ${title}\n\n${text || NOT_WRITTEN}`),
  ]
    .join("\n\n")
    .concat("\n");
}

function facts({ audience, incident, checks, postmortem }: PostmortemDocument): string {
  const { startedAt, detectedAt, acknowledgedAt, mitigatedAt, resolvedAt, severity, status, lead } = incident;
  const after = (at: Date) => `${clock(at)} (after ${formatDuration((at.getTime() - startedAt.getTime()) / 1000)})`;
  const affected = checks.map(({ label, impact }) => `${escapeMarkdown(label)} (${impact})`).join(", ");
  const published = postmortem.publishedAt
    ? `${clock(postmortem.publishedAt)}, ${postmortem.visibility}`
    : "not yet: a draft";
  const rows: [string, string | null][] = [
    ["Severity", severity],
    ["Status", status],
    ["Started", clock(startedAt)],
    ["Detected", audience === "public" ? null : after(detectedAt)],
    ["Acknowledged", acknowledgedAt && after(acknowledgedAt)],
    ["Mitigated", mitigatedAt && after(mitigatedAt)],
    ["Resolved", resolvedAt && after(resolvedAt)],
    ["Affected", affected],
    ["Lead", lead && escapeMarkdown(lead)],
    ["Published", published],
  ];
  return rows
    .filter(([, text]) => text)
    .map(([name, text]) => `- **${name}**: ${text}`)
    .join("\n");
}

function entryLine({ at, source, status, message, annotation, authorName }: TimelineEntry): string {
  const text = source === "update" ? indent(message, "  ") : escapeMarkdown(message);
  const by = source === "update" && authorName ? ` (${escapeMarkdown(authorName)})` : "";
  const note = annotation ? `\n  > ${escapeMarkdown(annotation).replaceAll("\n", "\n  > ")}` : "";
  return `- **${clock(at)}**${status ? ` ${status}` : ""}${by}: ${text}${note}`;
}

function actionLine({ title, owner, dueOn, doneAt, doneBy }: ActionItem): string {
  const facts = [
    owner && escapeMarkdown(owner),
    dueOn && `due ${dueOn}`,
    doneAt && `done ${clock(doneAt)}${doneBy ? ` by ${escapeMarkdown(doneBy)}` : ""}`,
  ].filter(Boolean);
  return `- [${doneAt ? "x" : " "}] ${escapeMarkdown(title)}${facts.length > 0 ? ` (${facts.join(", ")})` : ""}`;
}

/** Answers as one ordered list. Pure. */
export const numberedWhys = (whys: readonly string[]): string =>
  whys.map((why, index) => `${index + 1}. ${indent(why, "   ")}`).join("\n");

/** Lines after the first one belong to the same list item. */
const indent = (text: string, by: string): string => text.replaceAll("\n", `\n${by}`);
