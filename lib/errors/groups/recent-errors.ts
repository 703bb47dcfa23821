import { z } from "zod";
import { LEVELS } from "../event";

const SHOWN = 5;

/** What the frame and the overview show of errors. */
export const recentErrors = z.object({
  /** Unresolved, nobody's, and news since yesterday. */
  needing: z.number(),
  /** Was there ever one? */
  hasAny: z.boolean(),
  /** The unresolved ones that were seen last, at most five. */
  recent: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      value: z.string(),
      culprit: z.string(),
      level: z.enum(LEVELS),
      project: z.string(),
      events: z.number(),
      lastSeenAt: z.coerce.date(),
      isNew: z.boolean(),
      isBack: z.boolean(),
    }),
  ),
});
export type RecentErrors = z.output<typeof recentErrors>;

/**
 * An expression of a statement that gives `recentErrors` as JSON, so that it costs no statement of its own
 * (lib/alerting/read-attention.ts). @param since the placeholder of the time a day ago
 */
export const RECENT_ERRORS = (since: string): string => `json_build_object(
  'needing', (SELECT count(*) FROM error_groups WHERE (created_at > ${since} OR regressed_at > ${since})
    AND status = 'open' AND assignee_id IS NULL AND level >= 'error'),
  'hasAny', EXISTS (SELECT FROM error_groups),
  'recent', (SELECT coalesce(json_agg(e), '[]') FROM (
    SELECT g.id, g.type, left(g.value, 300) AS value, left(g.culprit, 300) AS culprit, g.level, p.name AS project, g.event_count AS events,
      g.last_seen_at AS "lastSeenAt", g.created_at > ${since} AS "isNew", g.regressed_at IS NOT NULL AS "isBack"
    FROM error_groups g JOIN projects p ON p.id = g.project_id
    WHERE g.status = 'open' ORDER BY g.last_seen_at DESC, g.id LIMIT ${SHOWN}) e))`;
