import { formatDuration } from "@/lib/core/format";
import type { Downtime } from "../figures/read-downtime";
import type { IncidentStory } from "../get-incident";
import type { PostmortemText } from "./postmortem";

const clock = (at: Date): string => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

const IMPACT_WORDS = { degraded: "degraded", partial: "partly down", major: "down" } as const;

/** Characters that Markdown would take for more than text. */
export const escapeMarkdown = (text: string): string => text.replaceAll(/[\\`*_{}[\]<>#|~]/g, "\\$&");

/**
 * What a post-mortem begins with: what is known of the incident, for people to go on from. Pure.
 * @param downtime of the checks that it affects, while it lasted
 */
export function draftPostmortem(
  { incident, checks, causes }: Pick<IncidentStory, "incident" | "checks" | "causes">,
  downtime: readonly Pick<Downtime, "checkId" | "seconds">[],
): PostmortemText {
  const [cause] = causes;
  return {
    impact: [describeSpan(incident), ...describeChecks(checks, downtime)].join("\n\n"),
    rootCause: cause ? `${escapeMarkdown(cause.title)}: ${escapeMarkdown(cause.reason)}` : "",
    causeCategory: "",
    contributingFactors: causes
      .slice(1)
      .map(({ title, reason }) => `- ${escapeMarkdown(title)}: ${escapeMarkdown(reason)}`)
      .join("\n"),
    whys: [],
    wentWell: "",
    wentBadly: "",
  };
}

/** "It began at … and was over at …, after 1 h 4 min." */
function describeSpan({ startedAt, detectedAt, resolvedAt }: IncidentStory["incident"]): string {
  const seconds = (from: Date, to: Date) => formatDuration((to.getTime() - from.getTime()) / 1000);
  const detected = detectedAt > startedAt ? `, was noticed after ${seconds(startedAt, detectedAt)}` : "";
  const end = resolvedAt
    ? `${detected} and was over at ${clock(resolvedAt)}, after ${seconds(startedAt, resolvedAt)}`
    : `${detected} and is not over yet`;
  return `It began at ${clock(startedAt)}${end}.`;
}

function describeChecks(
  checks: IncidentStory["checks"],
  downtime: readonly Pick<Downtime, "checkId" | "seconds">[],
): string[] {
  if (checks.length === 0) return [];
  const seconds = new Map(downtime.map((one) => [one.checkId, one.seconds]));
  const lines = checks.map(({ checkId, label, impact }) => {
    const down = checkId === null ? 0 : (seconds.get(checkId) ?? 0);
    const measured = down > 0 ? `, failing for ${formatDuration(down)}` : "";
    return `- ${escapeMarkdown(label)}: ${IMPACT_WORDS[impact]}${measured}`;
  });
  return [lines.join("\n")];
}
