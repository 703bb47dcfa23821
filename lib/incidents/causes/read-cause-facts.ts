import type { Pool } from "pg";
import { readFamily } from "@/lib/alerting/evaluation/family";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/db/in-transaction";
import { aroundLink } from "../timeline/evidence-link";
import {
  ANOMALY_AFTER_MS,
  ANOMALY_BEFORE_MS,
  type CauseFacts,
  DEPLOY_AFTER_MS,
  DEPLOY_BEFORE_MS,
  type FailingCheck,
  type NearAnomaly,
  type NearDeploy,
} from "./rank-causes";
import { seriesTitle } from "./series-title";

interface IncidentRow {
  id: string;
  startedAt: Date;
  causes: unknown;
}

/** The open incidents, or those that are named, that alerts or checks belong to. */
const INCIDENTS = `
  SELECT id, started_at AS "startedAt", causes FROM incidents i
  WHERE (CASE WHEN $1::uuid[] IS NULL THEN status <> 'resolved' ELSE id = ANY($1) END)
    AND (EXISTS (SELECT FROM alerts WHERE incident_id = i.id) OR EXISTS (SELECT FROM incident_checks WHERE incident_id = i.id))
  ORDER BY started_at DESC LIMIT 200`;

/** When each of its checks, and each check that one of them depends on, first failed around the start. */
const CHECKS = `
  WITH RECURSIVE own AS (
    SELECT check_id AS id FROM incident_checks WHERE incident_id = $1 AND check_id IS NOT NULL
    UNION SELECT check_id FROM alerts WHERE incident_id = $1 AND check_id IS NOT NULL
    UNION SELECT p.id FROM own JOIN health_checks c ON c.id = own.id JOIN health_checks p ON p.key = ANY(c.depends_on)
  )
  SELECT c.id, c.key, c.label, f."failedAt" FROM own JOIN health_checks c ON c.id = own.id CROSS JOIN LATERAL (
    SELECT least(
      (SELECT min(started_at) FROM health_check_results r WHERE r.check_id = c.id AND r.state IN ('failed', 'crashed')
        AND r.scheduled_at >= $2::timestamptz - interval '15 minutes' AND r.scheduled_at <= $2::timestamptz + interval '15 minutes'),
      (SELECT min(pending_since) FROM alerts a WHERE a.incident_id = $1 AND a.check_id = c.id)) AS "failedAt"
  ) f WHERE f."failedAt" IS NOT NULL ORDER BY f."failedAt", c.label LIMIT 500`;

const DEPLOYS = `
  SELECT at, service, version, environment FROM deploys WHERE at >= $1 AND at <= $2 ORDER BY at DESC LIMIT 50`;

const ANOMALIES = `
  SELECT a.at, a.reason, a.score, s.name, s.metadata, EXISTS (
    SELECT FROM alerts l LEFT JOIN alert_rules r ON r.id = l.rule_id
    WHERE l.incident_id = $3 AND (r.config ->> 'metric' = s.name OR l.labels ->> 'metric' = s.name)) AS "isRelated"
  FROM metric_anomalies a JOIN metric_series s ON s.id = a.series_id
  WHERE a.at >= $1 AND a.at <= $2 AND a.expected_at IS NULL ORDER BY a.score DESC, a.at LIMIT 100`;

export interface IncidentCauseFacts extends CauseFacts {
  incidentId: string;
  /** As they are stored. */
  causes: unknown;
}

/** What the causes of incidents are ranked by. @param incidentIds where left out, the open ones */
export async function readCauseFacts(
  { sql }: Pick<Context, "sql">,
  incidentIds?: readonly string[],
): Promise<IncidentCauseFacts[]> {
  const { rows } = await sql.query<IncidentRow>(INCIDENTS, [incidentIds ?? null]);
  if (rows.length === 0) return [];
  const { ancestors } = await inTransaction(sql, readFamily);
  const all: IncidentCauseFacts[] = [];
  for (const { id, startedAt, causes } of rows)
    all.push({ incidentId: id, causes, startedAt, ancestors, ...(await readAround(sql, id, startedAt)) });
  return all;
}

async function readAround(sql: Pool, incidentId: string, startedAt: Date) {
  const around = (beforeMs: number, afterMs: number) =>
    [beforeMs, afterMs].map((ms, index) => new Date(startedAt.getTime() + (index === 0 ? -ms : ms)));
  const checks = await sql.query<FailingCheck>(CHECKS, [incidentId, startedAt]);
  // The start is when an alert saw it: the first failure lies a little before.
  const deploys = await sql.query<Omit<NearDeploy, "link">>(
    DEPLOYS,
    around(DEPLOY_BEFORE_MS + ANOMALY_BEFORE_MS, DEPLOY_AFTER_MS),
  );
  const anomalies = await sql.query<Omit<NearAnomaly, "title" | "link"> & { name: string; metadata: unknown }>(
    ANOMALIES,
    [...around(2 * ANOMALY_BEFORE_MS, ANOMALY_AFTER_MS), incidentId],
  );
  return {
    checks: checks.rows,
    deploys: deploys.rows.map((deploy) => ({ ...deploy, link: aroundLink(deploy.at) })),
    anomalies: anomalies.rows.map(({ name, metadata, ...anomaly }) => ({
      ...anomaly,
      title: seriesTitle(name, metadata),
      link: aroundLink(anomaly.at, name),
    })),
  };
}
