import "server-only";
import { cache } from "react";
import { z } from "zod";
import { getAlert } from "@/lib/alerting/get-alert";
import { getCheck } from "@/lib/checks/get-check";
import type { DisplayedState } from "@/lib/checks/displayed-state";
import { listCheckStates } from "@/lib/checks/list-check-states";
import { may } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { isProblem } from "@/lib/core/errors";
import { isStorable } from "@/lib/core/storable";
import { type AffectedCheck, getIncident, getIncidentStory, type IncidentStory } from "@/lib/incidents/get-incident";
import { INCIDENT_SEVERITIES, INCIDENT_VISIBILITIES, type Incident, incidentName } from "@/lib/incidents/incident";
import { listAffected } from "@/lib/incidents/list-affected";
import { countIncidents, INCIDENT_FILTERS, listIncidents } from "@/lib/incidents/list-incidents";
import { listLeads } from "@/lib/incidents/list-leads";
import { type Declaration, declarationOfAlert, declarationOfCheck } from "@/lib/incidents/prefill";
import { readLive } from "./live";
import { CHART_TTL_MS, LIVE_TTL_MS, liveCache } from "./live-cache";
import { orNotFound } from "./or-not-found";
import { pageContext } from "./session";

const PAGE = 50;

/** What the address of the list says; what it gets wrong is left out. */
const filter = z.object({
  status: z.enum(INCIDENT_FILTERS).catch("open"),
  severity: z.enum(INCIDENT_SEVERITIES).optional().catch(undefined),
  visibility: z.enum(INCIDENT_VISIBILITIES).optional().catch(undefined),
  lead: z.uuid().optional().catch(undefined),
  check: z.uuid().optional().catch(undefined),
  query: z.string().trim().max(200).refine(isStorable).catch(""),
  cursor: z.string().max(500).optional().catch(undefined),
});
export type IncidentListFilter = z.output<typeof filter>;

export function parseIncidentListFilter(address: unknown): IncidentListFilter {
  return filter.parse(address);
}

export interface IncidentList {
  items: (Incident & { checks: readonly AffectedCheck[] })[];
  next: string | null;
  counts: Awaited<ReturnType<typeof countIncidents>>;
  leads: Awaited<ReturnType<typeof listLeads>>;
  /** The name of the check in the filter. */
  checkLabel: string | null;
  mayEdit: boolean;
}

/** One page of the list: five statements of its own, one more where a check is in the filter, at most each 4 s. */
export async function readIncidentList(wanted: IncidentListFilter): Promise<IncidentList> {
  const context = await pageContext();
  const list = await liveCache().get(`incidents list ${JSON.stringify(wanted)}`, LIVE_TTL_MS, () =>
    readPage(context, wanted),
  );
  return { ...list, mayEdit: may(context.actor, "incidents:write") };
}

async function readPage(context: Context, { cursor, ...wanted }: IncidentListFilter) {
  const read = (from: string | undefined) => listIncidents(context, { ...wanted, cursor: from, limit: PAGE });
  const [counts, leads, check, { items, next }] = await Promise.all([
    liveCache().get("incidents counts", LIVE_TTL_MS, () => countIncidents(context)),
    readLeads(context),
    wanted.check === undefined ? null : getCheck(context, { id: wanted.check }).catch(orNone),
    read(cursor).catch((error: unknown) => {
      // A cursor that was cut off: the list starts at its beginning.
      if (cursor !== undefined && isProblem(error) && error.kind === "invalid") return read(undefined);
      throw error;
    }),
  ]);
  const affected = await listAffected(context, { ids: items.map(({ id }) => id) });
  return {
    items: items.map((incident) => ({ ...incident, checks: affected.get(incident.id) ?? [] })),
    next,
    counts,
    leads,
    checkLabel: check?.label ?? null,
  };
}

/** One statement, at most each 15 s. */
const readLeads = (context: Context) => liveCache().get("incidents leads", CHART_TTL_MS, () => listLeads(context));

export interface IncidentDetail extends Omit<IncidentStory, "checks"> {
  /** With how each is now; null of one that was deleted. */
  checks: (AffectedCheck & { state: DisplayedState | null })[];
  now: number;
  mayEdit: boolean;
  isAdmin: boolean;
}

/**
 * An incident with its story, by id or number; an unknown one is a page that does not exist. Once a request, and six
 * statements at most each 4 s: a change of an incident forgets them at once.
 */
export const readIncidentPage = cache(async (id: string): Promise<IncidentDetail> => {
  const context = await pageContext();
  const { story, states } = await liveCache()
    .get(`incidents story ${id}`, LIVE_TTL_MS, () => readStory(context, id))
    .catch(orNotFound);
  return {
    ...story,
    checks: story.checks.map((check) => ({ ...check, state: states.get(check.checkId ?? "") ?? null })),
    now: context.now().getTime(),
    mayEdit: may(context.actor, "incidents:write"),
    isAdmin: may(context.actor, "admin"),
  };
});

async function readStory(context: Context, id: string) {
  const [story, { workerLastSeenAt, maintained }] = await Promise.all([
    getIncidentStory(context, { id }),
    readLive(context),
  ]);
  const ids = story.checks.flatMap(({ checkId }) => checkId ?? []);
  return { story, states: await listCheckStates(context, { ids, watch: { workerLastSeenAt, maintained } }) };
}

/** What the form that changes an incident needs. */
export async function readIncidentForm(id: string) {
  const context = await pageContext();
  const [incident, leads] = await Promise.all([getIncident(context, { id }).catch(orNotFound), listLeads(context)]);
  return {
    incident,
    leads,
    mayEdit: may(context.actor, "incidents:write"),
    isAdmin: may(context.actor, "admin"),
  };
}

const NOTHING: Declaration = { title: "", severity: "medium", checks: [], startedAt: null };

/** What a declaration begins with: what is known of the check or the alert that the address names, while there is one. */
export async function readDeclarationForm({ check, alert }: { check: string | undefined; alert: string | undefined }) {
  const context = await pageContext();
  const [leads, begun] = await Promise.all([
    listLeads(context),
    alert === undefined ? readOfCheck(context, check) : readOfAlert(context, alert),
  ]);
  return { ...begun, leads, mayEdit: may(context.actor, "incidents:write") };
}

async function readOfCheck(context: Context, id: string | undefined) {
  const check = id === undefined ? null : await getCheck(context, { id }).catch(orNone);
  return { declaration: check ? declarationOfCheck(check) : NOTHING, alertId: null };
}

async function readOfAlert(context: Context, id: string) {
  const alert = await getAlert(context, { id }).catch(orNone);
  if (!alert) return { declaration: NOTHING, alertId: null };
  const check = alert.checkId === null ? null : await getCheck(context, { id: alert.checkId }).catch(orNone);
  return { declaration: declarationOfAlert(alert, check?.label ?? null), alertId: alert.id };
}

/** What an alert's page says of its incident. */
export async function readIncidentOf(id: string | null): Promise<{ name: string; title: string; href: string } | null> {
  if (id === null) return null;
  const incident = await getIncident(await pageContext(), { id }).catch(orNone);
  return (
    incident && {
      name: incidentName(incident.number),
      title: incident.title,
      href: `/incidents/${incident.number}`,
    }
  );
}

function orNone(error: unknown): null {
  if (isProblem(error) && error.kind === "not-found") return null;
  throw error;
}
