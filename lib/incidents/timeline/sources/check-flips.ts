import { MAX_ENTRIES, SPANS, type SourceEntry, defineTimelineSource, spanValues } from "../define-timeline-source";

/**
 * A check is read from its last known flip on, and only if its state is newer than that: a long incident costs no more than a
 * short one. Two intervals earlier is where the state before a flip stands.
 */
const READ = `
  SELECT i.id AS "incidentId", c.id || ' ' || (extract(epoch FROM r.started_at) * 1000)::bigint AS ref, r.started_at AS at,
    c.label || ' went from ' || r.before || ' to ' || r.state || coalesce(': ' || nullif(left(r.message, 500), ''), '.') AS message,
    '/checks/' || c.id AS link
  FROM ${SPANS} JOIN LATERAL (
    SELECT check_id FROM incident_checks WHERE incident_id = i.id AND check_id IS NOT NULL
    UNION SELECT check_id FROM alerts WHERE incident_id = i.id AND check_id IS NOT NULL
  ) k ON true JOIN health_checks c ON c.id = k.check_id
  CROSS JOIN LATERAL (
    SELECT coalesce(max(u.at), i.started_at - interval '5 minutes') AS since FROM incident_updates u
    WHERE u.incident_id = i.id AND u.source = 'check-flips' AND starts_with(u.ref, c.id || ' ')
  ) seen
  CROSS JOIN LATERAL (
    SELECT * FROM (
      SELECT started_at, state, message, lag(state) OVER (ORDER BY scheduled_at) AS before FROM health_check_results
      WHERE check_id = c.id AND scheduled_at <= i.until
        AND scheduled_at >= seen.since - make_interval(secs => greatest(600, 2 * c.interval_seconds))
    ) all_results WHERE state <> before AND started_at > seen.since ORDER BY started_at LIMIT ${MAX_ENTRIES}
  ) r
  WHERE c.status_since > seen.since`;

/** The checks that it affects, and those of its alerts, change their state. */
export const checkFlips = defineTimelineSource({
  id: "check-flips",
  label: "Checks",
  collect: async (sql, spans) => (await sql.query<SourceEntry>(READ, spanValues(spans))).rows,
});
