import type { Context } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";
import type { IncidentSpan, SourceEntry, TimelineSource } from "./define-timeline-source";
import { TIMELINE_SOURCES } from "./registry";

/** What belongs to an incident may become known so long after its end: a notification, a deploy. */
const STILL_COLLECTED = "1 hour";
const MAX_INCIDENTS = 500;
const MAX_MESSAGE = 2_000;

const SPANS = `
  SELECT id, started_at AS "startedAt", coalesce(resolved_at, $1) AS until FROM incidents
  WHERE CASE WHEN $2::uuid[] IS NULL THEN status <> 'resolved' OR resolved_at > $1::timestamptz - interval '${STILL_COLLECTED}' ELSE id = ANY($2) END
  ORDER BY started_at DESC LIMIT ${MAX_INCIDENTS}`;

/** An incident that is deleted meanwhile is waited for, and left out. */
const INSERT = `
  WITH lines AS MATERIALIZED (
    SELECT r.* FROM jsonb_to_recordset($1::jsonb) AS r(incident_id uuid, ref text, at timestamptz, message text, link text)
    JOIN incidents i ON i.id = r.incident_id FOR KEY SHARE OF i)
  INSERT INTO incident_updates (id, incident_id, source, ref, at, message, link, created_at)
  SELECT gen_random_uuid(), r.incident_id, $2, r.ref, r.at, r.message, r.link, $3
  FROM lines r ORDER BY r.at
  ON CONFLICT (incident_id, source, ref) DO NOTHING`;

/**
 * Brings the lines of all sources into the timelines of incidents. Again brings what is new and nothing twice, from several
 * workers too. A source that fails is logged, and the others go on. What it brings is not shown to the public.
 * @param incidentIds where left out, the open incidents and those that ended within the hour
 * @returns how many lines are new
 */
export async function collectTimeline(
  context: Context,
  incidentIds?: readonly string[],
  sources: readonly TimelineSource[] = TIMELINE_SOURCES,
): Promise<number> {
  const { sql, log, now } = context;
  const { rows: spans } = await sql.query<IncidentSpan>(SPANS, [now(), incidentIds ?? null]);
  if (spans.length === 0) return 0;
  let added = 0;
  for (const source of sources) {
    try {
      added += await store(context, source.id, await source.collect(sql, spans));
    } catch (error) {
      log.error(
        { source: source.id, error: messageOf(error) },
        "a source of timelines can't be read; the others go on",
      );
    }
  }
  if (added > 0) await sql.query(`SELECT pg_notify('watchkeeper', '{"topic":"incidents"}')`);
  return added;
}

async function store(
  { sql, now }: Pick<Context, "sql" | "now">,
  source: string,
  entries: readonly SourceEntry[],
): Promise<number> {
  if (entries.length === 0) return 0;
  const rows = entries.map(({ incidentId, ref, at, message, link }) => ({
    incident_id: incidentId,
    ref,
    at,
    message: [...message].slice(0, MAX_MESSAGE).join(""),
    link,
  }));
  const { rowCount } = await sql.query(INSERT, [JSON.stringify(rows), source, now()]);
  return rowCount ?? 0;
}
