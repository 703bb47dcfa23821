import {
  MAX_ENTRIES,
  SPANS,
  type SourceEntry,
  type TimelineSource,
  defineTimelineSource,
  spanValues,
} from "./define-timeline-source";

const READ = `
  SELECT i.id AS "incidentId", e.id::text AS ref, e.at, e.subject || ': ' || e.message || coalesce(' An effect of ' || e.parent || '.', '') AS message,
    '/alerts/' || e.alert_id AS link
  FROM ${SPANS} CROSS JOIN LATERAL (
    SELECT e.id, e.alert_id, e.at, e.message, a.subject, CASE WHEN e.kind = 'firing' THEN p.subject END AS parent
    FROM alerts a JOIN alert_events e ON e.alert_id = a.id LEFT JOIN alerts p ON p.id = a.parent_id
    WHERE a.incident_id = i.id AND e.kind = ANY($4)
      AND NOT EXISTS (SELECT FROM incident_updates u WHERE u.incident_id = i.id AND u.source = $5 AND u.ref = e.id::text)
    ORDER BY e.id LIMIT ${MAX_ENTRIES}
  ) e`;

/** A source that takes lines of the stories of an incident's alerts (alert_events). @param kinds of them */
export const fromAlertEvents = (id: string, label: string, kinds: readonly string[]): TimelineSource =>
  defineTimelineSource({
    id,
    label,
    collect: async (sql, spans) => (await sql.query<SourceEntry>(READ, [...spanValues(spans), kinds, id])).rows,
  });
