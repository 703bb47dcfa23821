import type { ActionItem } from "../actions/action-item";
import type { AffectedCheck, IncidentStory, TimelineEntry } from "../get-incident";
import type { Incident } from "../incident";
import type { Postmortem } from "./postmortem";

/** A post-mortem with all that stands in it. */
export interface PostmortemDocument {
  /** For whom: the public gets less. */
  audience: "house" | "public";
  incident: Incident;
  checks: AffectedCheck[];
  /** Taken over from the incident's: what people wrote, changes of status, and what was pinned. */
  timeline: TimelineEntry[];
  postmortem: Postmortem;
  actions: ActionItem[];
}

/** The lines of an incident's timeline that tell its story; the rest is evidence. Pure. */
export const storyLines = (timeline: IncidentStory["timeline"]): TimelineEntry[] =>
  timeline.filter(({ source, status, isPinned }) => isPinned || source === "update" || status !== null);

/**
 * The document as the status page shows it once it is published so: without the action items, which are work in the house, the
 * kind of cause, the lead, the checks (the status page names its components) and the times between start and end; of the
 * timeline what people wrote for the public. Pure.
 */
export function publicDocument(document: PostmortemDocument): PostmortemDocument {
  const { incident, timeline, postmortem } = document;
  return {
    audience: "public",
    incident: {
      ...incident,
      description: "",
      createdBy: null,
      lead: null,
      leadId: null,
      detectedAt: incident.startedAt,
      acknowledgedAt: null,
      mitigatedAt: null,
    },
    checks: [],
    timeline: timeline
      .filter(({ isPublic, source }) => isPublic && source === "update")
      .map((entry) => ({ ...entry, link: null, annotation: null, authorName: null })),
    postmortem: { ...postmortem, causeCategory: "", updatedBy: null },
    actions: [],
  };
}
