import { deployTitle } from "../../deploys/deploy-words";
import { aroundLink } from "../evidence-link";
import { MAX_ENTRIES, SPANS, defineTimelineSource, spanValues } from "../define-timeline-source";

const READ = `
  SELECT i.id AS "incidentId", d.id AS ref, d.at, d.service, d.version, d.environment, d.description, d.created_by AS "createdBy"
  FROM ${SPANS} CROSS JOIN LATERAL (
    SELECT * FROM deploys d WHERE d.at >= i.started_at - interval '60 minutes' AND d.at <= i.until
      AND NOT EXISTS (SELECT FROM incident_updates u WHERE u.incident_id = i.id AND u.source = 'deploys' AND u.ref = d.id::text)
    ORDER BY d.at LIMIT ${MAX_ENTRIES}
  ) d`;

interface Row {
  incidentId: string;
  ref: string;
  at: Date;
  service: string;
  version: string;
  environment: string;
  description: string;
  createdBy: string;
}

/** What was deployed in the hour before it and while it lasted. */
export const deploys = defineTimelineSource({
  id: "deploys",
  label: "Deploys",
  collect: async (sql, spans) => {
    const { rows } = await sql.query<Row>(READ, spanValues(spans));
    return rows.map(({ incidentId, ref, at, description, createdBy, ...deploy }) => ({
      incidentId,
      ref,
      at,
      message: `${deployTitle(deploy)} was deployed, told by ${createdBy}.${description ? ` ${description}` : ""}`,
      link: aroundLink(at),
    }));
  },
});
