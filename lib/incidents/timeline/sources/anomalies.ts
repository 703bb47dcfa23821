import { seriesTitle } from "../../causes/series-title";
import { aroundLink } from "../evidence-link";
import { SPANS, defineTimelineSource, spanValues } from "../define-timeline-source";

/** Anomalies are many: of one incident the oddest of a quarter of an hour around its start, and of what its alerts are about. */
const MAX_ANOMALIES = 20;

const READ = `
  SELECT i.id AS "incidentId", a.id AS ref, a.at, a.reason, s.name, s.metadata
  FROM ${SPANS} CROSS JOIN LATERAL (
    SELECT a.id, a.at, a.reason, a.series_id FROM metric_anomalies a JOIN metric_series s ON s.id = a.series_id
    WHERE a.at >= i.started_at - interval '15 minutes' AND a.at <= i.until AND a.expected_at IS NULL
      AND (a.at <= i.started_at + interval '5 minutes' OR EXISTS (
        SELECT FROM alerts l LEFT JOIN alert_rules r ON r.id = l.rule_id
        WHERE l.incident_id = i.id AND (r.config ->> 'metric' = s.name OR l.labels ->> 'metric' = s.name)))
    ORDER BY a.at > i.started_at + interval '5 minutes', a.score DESC, a.at LIMIT ${MAX_ANOMALIES}
  ) a JOIN metric_series s ON s.id = a.series_id
  WHERE (SELECT count(*) FROM incident_updates u WHERE u.incident_id = i.id AND u.source = 'anomalies') < 5 * ${MAX_ANOMALIES}`;

interface Row {
  incidentId: string;
  ref: string;
  at: Date;
  reason: string;
  name: string;
  metadata: unknown;
}

/** Metrics that moved oddly around its start, and those of its alerts while it lasts. */
export const anomalies = defineTimelineSource({
  id: "anomalies",
  label: "Anomalies",
  collect: async (sql, spans) => {
    const { rows } = await sql.query<Row>(READ, spanValues(spans));
    return rows.map(({ incidentId, ref, at, reason, name, metadata }) => ({
      incidentId,
      ref,
      at,
      message: `${seriesTitle(name, metadata)}: ${reason}.`,
      link: aroundLink(at, name),
    }));
  },
});
