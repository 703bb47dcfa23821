import { defineRecorder } from "../define-recorder";

/** An event is stored within about a second after it came: so that none is missed, each minute is counted a little later. */
const SETTLES = "5 seconds";

/** Of each project the level error and those that were ever counted, so that a minute without events is 0 and no gap. */
const READ = `
  WITH counted AS (
    SELECT project_id, level, count(*)::int AS events FROM error_events
    WHERE received_at >= $1::timestamptz - interval '${SETTLES}' - interval '1 minute' AND received_at < $1::timestamptz - interval '${SETTLES}'
    GROUP BY project_id, level
  )
  SELECT p.name AS project, l.level, coalesce(c.events, 0) AS events
  FROM projects p CROSS JOIN unnest(enum_range(NULL::error_level)) AS l (level)
  LEFT JOIN counted c ON c.project_id = p.id AND c.level = l.level
  WHERE l.level = 'error' OR c.events > 0 OR EXISTS (
    SELECT FROM metric_series s
    WHERE s.name = 'error_events' AND s.metadata = jsonb_build_object('project', p.name, 'level', l.level))
  ORDER BY p.name, l.level`;

/** Events of errors as they come in, whatever became of them. */
export const errors = defineRecorder({
  label: "Errors",
  scope: "cluster",
  metrics: {
    error_events: {
      unit: "count",
      title: "Error events",
      description: "Events of errors that came in within a minute (labels project, level).",
    },
  },
  start: ({ sql }) => ({
    record: async (slot) => {
      const { rows } = await sql.query<{ project: string; level: string; events: number }>(READ, [slot]);
      return rows.map(({ project, level, events }) => ({
        name: "error_events" as const,
        value: events,
        metadata: { project, level },
      }));
    },
  }),
});
