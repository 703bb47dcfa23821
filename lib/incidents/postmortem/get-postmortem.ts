import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { listIncidentActions } from "../actions/list-actions";
import { readDowntime } from "../figures/read-downtime";
import { getIncidentStory, type IncidentStory } from "../get-incident";
import { type PostmortemDocument, storyLines } from "./document";
import { draftPostmortem } from "./draft-postmortem";
import { POSTMORTEM_FIELDS, type PostmortemText } from "./postmortem";

/**
 * An incident's post-mortem with its timeline and action items; while nobody saved one, the template with what is known.
 * @param id the incident's, or its number @throws Problem forbidden, not-found
 */
export async function getPostmortem(context: Context, { id }: { id: string }): Promise<PostmortemDocument> {
  authorize(context.actor, "read");
  const story = await getIncidentStory(context, { id });
  const { incident, checks, timeline } = story;
  const [row, actions] = await Promise.all([
    context.db.postmortem.findUnique({ where: { incidentId: incident.id }, select: POSTMORTEM_FIELDS }),
    listIncidentActions(context, { id: incident.id }),
  ]);
  const postmortem = row ?? {
    ...(await readDraft(context, story)),
    visibility: "internal",
    publishedAt: null,
    version: 0,
    updatedBy: null,
    updatedAt: null,
  };
  return { audience: "house", incident, checks, timeline: storyLines(timeline), postmortem, actions };
}

/** The template, filled with what is known of the incident now. */
export async function readDraft(
  context: Pick<Context, "sql" | "now" | "config">,
  story: IncidentStory,
): Promise<PostmortemText> {
  const { incident, checks } = story;
  const checkIds = checks.flatMap(({ checkId }) => checkId ?? []);
  const range = { from: incident.startedAt, to: incident.resolvedAt ?? context.now() };
  const downtime = checkIds.length === 0 ? [] : await readDowntime(context, { checkIds, ...range });
  return draftPostmortem(story, downtime);
}

/** Kinds of causes that post-mortems named before, the most frequent first, at most 50. @throws Problem forbidden */
export async function listCauseCategories(context: Context): Promise<string[]> {
  authorize(context.actor, "read");
  const { rows } = await context.sql.query<{ name: string }>(
    `SELECT (array_agg(cause_category ORDER BY updated_at DESC))[1] AS name FROM postmortems WHERE cause_category <> ''
     GROUP BY lower(cause_category) ORDER BY count(*) DESC, 1 LIMIT 50`,
  );
  return rows.map(({ name }) => name);
}
