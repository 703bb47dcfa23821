import type { Pool } from "pg";
import { z } from "zod";
import { CHECK_STATUSES } from "@/lib/checks/define-check";
import { query } from "@/lib/checks/query";
import { IncidentImpact, IncidentSeverity, IncidentStatus, IncidentVisibility } from "@/lib/db/generated/enums";
import { statusSettings } from "./settings";

/** Each has a page of its own; those before them are no longer found. */
const MAX_INCIDENTS = 200;
const MAX_UPDATES = 100;
const MAX_WINDOWS = 500;

/** As it stands in JSON. */
const time = z.string().transform((text) => new Date(text));

const component = z.object({
  id: z.string(),
  label: z.string(),
  description: z.string(),
  groupName: z.string(),
  showResponseTime: z.boolean(),
  createdAt: time,
  updatedAt: time,
  checks: z.array(
    z.object({
      id: z.string(),
      key: z.string(),
      type: z.string(),
      status: z.enum(CHECK_STATUSES).nullable(),
      pausedAt: time.nullable(),
      lastResultAt: time.nullable(),
      intervalSeconds: z.number(),
    }),
  ),
});

const incident = z.object({
  id: z.string(),
  number: z.number(),
  title: z.string(),
  status: z.enum(IncidentStatus),
  severity: z.enum(IncidentSeverity),
  visibility: z.enum(IncidentVisibility),
  startedAt: time,
  resolvedAt: time.nullable(),
  createdAt: time,
  checks: z.array(z.object({ checkId: z.string().nullable(), impact: z.enum(IncidentImpact) })),
  updates: z.array(
    z.object({
      id: z.string(),
      source: z.string(),
      at: time,
      status: z.enum(IncidentStatus).nullable(),
      message: z.string(),
      isPublic: z.boolean(),
    }),
  ),
  postmortem: z
    .object({
      visibility: z.enum(IncidentVisibility),
      publishedAt: time.nullable(),
      impact: z.string(),
      rootCause: z.string(),
      contributingFactors: z.string(),
      whys: z.array(z.string()),
      wentWell: z.string(),
      wentBadly: z.string(),
    })
    .nullable(),
});

/** The rest of it is lib/alerting/maintenance-window.ts's to read. */
const storedWindow = z.looseObject({
  isPublic: z.boolean(),
  startsAt: time.nullable(),
  endsAt: time.nullable(),
  createdAt: time,
});

const facts = z.object({
  settings: statusSettings.nullable(),
  workerLastSeenAt: time.nullable(),
  components: z.array(component),
  incidents: z.array(incident),
  windows: z.array(storedWindow),
});

/**
 * What the public page is built from, but for its history, by one query. By pg and not by Prisma: this is the one thing that
 * an idle web process reads all the time, and Prisma's engine is 70 MB of its memory.
 * @returns settings null where nobody has set any
 */
export async function readStoredFacts(sql: Pool): Promise<z.output<typeof facts>> {
  const [row] = await query(sql, "status-page-facts", READ, [MAX_INCIDENTS, MAX_UPDATES, MAX_WINDOWS]);
  return facts.parse(row);
}

const list = (rows: string): string => `(SELECT coalesce(json_agg(row), '[]') FROM (${rows}) row)`;

const CHECKS = `
  SELECT c.id, c.key, c.type, c.status, c.paused_at AS "pausedAt", c.last_result_at AS "lastResultAt",
    c.interval_seconds AS "intervalSeconds"
  FROM status_component_checks s JOIN health_checks c ON c.id = s.check_id WHERE s.component_id = component.id`;

const COMPONENTS = `
  SELECT id, label, description, group_name AS "groupName", show_response_time AS "showResponseTime", created_at AS "createdAt",
    updated_at AS "updatedAt", ${list(CHECKS)} AS checks
  FROM status_components component ORDER BY position, component.created_at, id`;

const UPDATES = `
  SELECT id, source, at, status, message, is_public AS "isPublic" FROM incident_updates
  WHERE incident_id = incident.id AND is_public AND source = 'update' ORDER BY at DESC LIMIT $2`;

const POSTMORTEM = `
  SELECT visibility, published_at AS "publishedAt", impact, root_cause AS "rootCause",
    contributing_factors AS "contributingFactors", whys, went_well AS "wentWell", went_badly AS "wentBadly"
  FROM postmortems WHERE incident_id = incident.id`;

const INCIDENTS = `
  SELECT id, number, title, status, severity, visibility, started_at AS "startedAt", resolved_at AS "resolvedAt",
    created_at AS "createdAt", ${list(UPDATES)} AS updates, (SELECT to_json(p) FROM (${POSTMORTEM}) p) AS postmortem,
    ${list(`SELECT check_id AS "checkId", impact FROM incident_checks WHERE incident_id = incident.id`)} AS checks
  FROM incidents incident WHERE visibility = 'public' ORDER BY started_at DESC, id DESC LIMIT $1`;

const WINDOWS = `
  SELECT id, label, description, matchers, recurrence, timezone, starts_at AS "startsAt", ends_at AS "endsAt", weekdays,
    start_time AS "startTime", cron, duration_minutes AS "durationMinutes", is_public AS "isPublic",
    created_by AS "createdBy", created_at AS "createdAt"
  FROM maintenance_windows w ORDER BY w.created_at DESC LIMIT $3`;

const SETTINGS = `
  SELECT enabled, title, description, logo_url AS "logoUrl", accent, contact_url AS "contactUrl" FROM status_page LIMIT 1`;

const READ = `
  SELECT (SELECT to_json(s) FROM (${SETTINGS}) s) AS settings,
    (SELECT to_json(max(last_seen_at)) FROM workers) AS "workerLastSeenAt",
    ${list(COMPONENTS)} AS components, ${list(INCIDENTS)} AS incidents, ${list(WINDOWS)} AS windows`;
