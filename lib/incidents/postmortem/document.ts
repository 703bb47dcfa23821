import type { ActionItem } from "../actions/action-item";
import type { AffectedCheck, IncidentStory, TimelineEntry } from "../get-incident";
import type { Incident } from "../incident";
import type { Postmortem } from "./postmortem";

/** A post-mortem with all that stands in it. */
export interface PostmortemDocument {
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
 * The document as the public sees it once it is published so: without the action items, which are work in the house, without the
 * kind of cause and the lead, and with those lines of the timeline alone that are public. Pure.
 */
export function publicDocument(document: PostmortemDocument): PostmortemDocument {
  return {
    incident: { ...document.incident, lead: null, leadId: null, description: "", createdBy: null },
    checks: document.checks,
    timeline: document.timeline
      .filter(({ isPublic }) => isPublic)
      .map((entry) => ({ ...entry, link: null, annotation: null, authorName: null })),
    postmortem: { ...document.postmortem, causeCategory: "", updatedBy: null },
    actions: [],
  };
}
