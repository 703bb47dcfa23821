import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { IncidentSeverity, IncidentStatus } from "@/lib/db/generated/enums";

const MAX_INCIDENTS = 200;
/** Of the latest deploys. */
export const MAX_RECENT_DEPLOYS = 200;

const recent = z.object({
  incidents: z.array(
    z.object({
      id: z.uuid(),
      number: z.int(),
      title: z.string(),
      severity: z.enum(IncidentSeverity),
      status: z.enum(IncidentStatus),
      startedAt: z.coerce.date(),
      resolvedAt: z.coerce.date().nullable(),
    }),
  ),
  deploys: z.array(
    z.object({
      at: z.coerce.date(),
      service: z.string(),
      version: z.string(),
      environment: z.string(),
      url: z.string().nullable(),
    }),
  ),
});

// The enum is declared from low to critical, and PostgreSQL sorts by that order.
const READ = `
  SELECT
    (SELECT coalesce(json_agg(i), '[]') FROM (
      SELECT id, number, title, severity, status, started_at AS "startedAt", resolved_at AS "resolvedAt" FROM incidents
      ORDER BY resolved_at DESC NULLS FIRST, severity DESC, started_at DESC, id DESC LIMIT ${MAX_INCIDENTS}) i) AS incidents,
    (SELECT coalesce(json_agg(d), '[]') FROM (
      SELECT at, service, version, environment, url FROM deploys ORDER BY at DESC, id DESC LIMIT ${MAX_RECENT_DEPLOYS}) d) AS deploys`;

/**
 * What the overview and the charts show of incidents and deploys, by one query: the open incidents, the worst first, then those
 * resolved last; the latest deploys.
 * @throws Problem forbidden
 */
export async function listRecentIncidents(context: Context): Promise<z.output<typeof recent>> {
  authorize(context.actor, "read");
  const { rows } = await context.sql.query({ name: "recent-incidents", text: READ });
  return recent.parse(rows[0]);
}
