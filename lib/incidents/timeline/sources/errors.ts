import { SPANS, type SourceEntry, defineTimelineSource, spanValues } from "../define-timeline-source";

/** One fault has many faces: the first of them tell enough. */
const MAX_ERRORS = 20;

/** One that was new before and came back within the time stands there as both. */
const READ = `
  SELECT i.id AS "incidentId", e.ref, e.at, '/errors/' || e.id AS link,
    e.words || ' in ' || p.name || ': ' || concat_ws(': ', nullif(e.type, ''), nullif(left(e.value, 300), ''))
      || coalesce(', in ' || nullif(left(e.culprit, 200), ''), '') || '.' AS message
  FROM ${SPANS} CROSS JOIN LATERAL (
    SELECT * FROM (
      SELECT id || ' new' AS ref, created_at AS at, 'A new error' AS words, id, project_id, type, value, culprit, level FROM error_groups
      WHERE created_at >= i.started_at - interval '15 minutes' AND created_at <= i.until
      UNION ALL
      SELECT id || ' regressed ' || (extract(epoch FROM regressed_at) * 1000)::bigint, regressed_at, 'An error came back', id, project_id, type,
        value, culprit, level FROM error_groups
      WHERE regressed_at >= i.started_at - interval '15 minutes' AND regressed_at <= i.until
    ) news
    WHERE level IN ('error', 'fatal')
      AND NOT EXISTS (SELECT FROM incident_updates u WHERE u.incident_id = i.id AND u.source = 'errors' AND u.ref = news.ref)
    ORDER BY at, ref LIMIT ${MAX_ERRORS}
  ) e JOIN projects p ON p.id = e.project_id
  WHERE (SELECT count(*) FROM incident_updates u WHERE u.incident_id = i.id AND u.source = 'errors') < 5 * ${MAX_ERRORS}`;

/** Errors that were never seen before, or came back after they were resolved, a quarter of an hour before it or while it lasts. */
export const errors = defineTimelineSource({
  id: "errors",
  label: "Errors",
  collect: async (sql, spans) => (await sql.query<SourceEntry>(READ, spanValues(spans))).rows,
});
