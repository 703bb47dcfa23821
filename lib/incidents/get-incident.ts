import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { notFound } from "@/lib/core/parse-id";
import type { Prisma } from "@/lib/db/generated/client";
import { type Alert, toAlert } from "@/lib/alerting/alert";
import { type Cause, parseCauses } from "./causes/cause";
import { INCIDENT_FIELDS, type Incident, toIncident } from "./incident";
import { incidentKey } from "./incident-key";

const ENTRY_FIELDS = {
  id: true,
  source: true,
  at: true,
  status: true,
  message: true,
  link: true,
  isPinned: true,
  isPublic: true,
  annotation: true,
  authorName: true,
} as const satisfies Prisma.IncidentUpdateSelect;

/** A line of the timeline: `update` is what a person wrote (Markdown), the rest is what a source brought (plain text). */
export type TimelineEntry = Prisma.IncidentUpdateGetPayload<{ select: typeof ENTRY_FIELDS }>;

/** A check that an incident affects; without an id it was deleted. */
export interface AffectedCheck {
  checkId: string | null;
  label: string;
  impact: "degraded" | "partial" | "major";
}

export interface IncidentStory {
  incident: Incident;
  /** The oldest first, at most 1,000. */
  timeline: TimelineEntry[];
  checks: AffectedCheck[];
  /** That belong to it, the oldest first. */
  alerts: Alert[];
  causes: Cause[];
}

const MAX_ENTRIES = 1_000;
const MAX_ALERTS = 200;

/** An incident with all that belongs to it, but for its post-mortem. @param id or its number @throws Problem forbidden, not-found */
export async function getIncidentStory(context: Context, { id }: { id: string }): Promise<IncidentStory> {
  authorize(context.actor, "read");
  const row = await context.db.incident.findUnique({
    where: incidentKey(id),
    select: {
      ...INCIDENT_FIELDS,
      causes: true,
      // The latest, if there are more than fit.
      updates: { orderBy: [{ at: "desc" }, { createdAt: "desc" }], take: MAX_ENTRIES, select: ENTRY_FIELDS },
      checks: { orderBy: { label: "asc" }, select: { checkId: true, label: true, impact: true } },
      alerts: { orderBy: { pendingSince: "asc" }, take: MAX_ALERTS },
    },
  });
  if (!row) throw notFound("incident");
  const { causes, updates, checks, alerts, ...incident } = row;
  return {
    incident: toIncident(incident),
    timeline: updates.toReversed(),
    checks,
    alerts: alerts.map(toAlert),
    causes: parseCauses(causes),
  };
}

/** @param id or its number: "12", "INC-12" @throws Problem forbidden, not-found */
export async function getIncident(context: Context, { id }: { id: string }): Promise<Incident> {
  authorize(context.actor, "read");
  const row = await context.db.incident.findUnique({
    where: incidentKey(id),
    select: INCIDENT_FIELDS,
  });
  if (!row) throw notFound("incident");
  return toIncident(row);
}
