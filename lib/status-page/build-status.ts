import { activeSpan } from "@/lib/alerting/maintenance-window";
import { isWorkerSilent, stateOf } from "@/lib/checks/displayed-state";
import type { IncidentImpact } from "@/lib/db/generated/enums";
import { type CheckNow, decideComponentState } from "./component-state";
import { blocksOf } from "./display-order";
import { decideOverall } from "./overall-state";
import { toPublicIncident } from "./public-incident";
import { covers, listMaintenance } from "./public-maintenance";
import type { ComponentFacts, DurationFacts, StatusFacts } from "./status-facts";
import { type PublicComponent, type PublicSnapshot, type ResponsePoint, RECENT_DAYS, worstState } from "./status";
import { uptimeOf } from "./uptime-days";

const DAY_MS = 86_400_000;

/** Says what the public sees at `now`. Nothing that is not picked here gets out. Pure. */
export function buildStatus(facts: StatusFacts, now: Date): PublicSnapshot {
  const { settings, url, workerLastSeenAt } = facts;
  const impacts = openImpacts(facts);
  const active = facts.windows.filter(({ window }) => activeSpan(window, now));
  const components = blocksOf(facts.components)
    .flat()
    .map((component) => buildComponent(component, { facts, impacts, active, now }));

  const incidents = facts.incidents.flatMap((incident) => {
    const byCheck = new Map(incident.checks.map(({ checkId, impact }) => [checkId, impact]));
    const affected = facts.components.flatMap(({ id, label, checks }) => {
      const said = checks.flatMap((check) => byCheck.get(check.id) ?? []);
      return said.length === 0 ? [] : [{ id, label, state: worstState(said) }];
    });
    return toPublicIncident(incident, affected) ?? [];
  });
  const since = new Date(now.getTime() - RECENT_DAYS * DAY_MS).toISOString();
  const open = incidents.filter(({ resolvedAt }) => resolvedAt === null);
  const isRecent = ({ resolvedAt }: { resolvedAt: string | null }) => resolvedAt !== null && resolvedAt >= since;
  const isEarlier = ({ resolvedAt }: { resolvedAt: string | null }) => resolvedAt !== null && resolvedAt < since;
  const unplaced = open.filter((incident) => incident.components.length === 0).map(({ severity }) => severity);
  const { title, description, logoUrl, accent, contactUrl } = settings;
  return {
    status: {
      page: { title, description, logoUrl, accent, contactUrl, url },
      asOf: now.toISOString(),
      ...decideOverall(
        components.map(({ state }) => state),
        unplaced,
        isWorkerSilent(now, workerLastSeenAt),
      ),
      components,
      activeIncidents: open,
      recentIncidents: incidents.filter(isRecent),
      maintenance: listMaintenance(facts, now),
    },
    earlierIncidents: incidents.filter(isEarlier),
  };
}

/** By check: what open public incidents say of it. */
function openImpacts({ incidents }: StatusFacts): Map<string | null, IncidentImpact[]> {
  const impacts = new Map<string | null, IncidentImpact[]>();
  for (const { visibility, resolvedAt, checks } of incidents) {
    if (visibility !== "public" || resolvedAt !== null) continue;
    for (const { checkId, impact } of checks) impacts.set(checkId, [...(impacts.get(checkId) ?? []), impact]);
  }
  return impacts;
}

/** What a check is by itself: what maintenance makes of it is decided here. */
const NONE = new Map<string, never>();

function buildComponent(
  component: ComponentFacts,
  {
    facts,
    impacts,
    active,
    now,
  }: {
    facts: StatusFacts;
    impacts: ReadonlyMap<string | null, IncidentImpact[]>;
    active: StatusFacts["windows"];
    now: Date;
  },
): PublicComponent {
  const { id, label, description, groupName, checks, createdAt, updatedAt } = component;
  const present = checks.map((check): CheckNow => {
    const covering = active.filter(({ window }) => covers(window, check));
    const announced = covering.some(({ isPublic }) => isPublic);
    return {
      state: stateOf(check, now, { workerLastSeenAt: facts.workerLastSeenAt, maintained: NONE }),
      maintenance: announced ? "announced" : covering.length > 0 ? "unannounced" : null,
    };
  });
  const ids = new Set(checks.map((check) => check.id));
  return {
    id,
    label,
    description,
    group: groupName,
    ...decideComponentState(
      present,
      checks.flatMap((check) => impacts.get(check.id) ?? []),
    ),
    ...uptimeOf(
      facts.days.filter(({ checkId }) => ids.has(checkId)),
      now,
    ),
    responseTimes: component.showResponseTime ? responsesOf([...ids], facts.durations) : null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

/** The mean of its checks, piece by piece; a piece without a run is a gap. */
function responsesOf(ids: readonly string[], { from, pieceMs, byCheck }: DurationFacts): ResponsePoint[] {
  const rows = ids.flatMap((id) => [byCheck.get(id) ?? []]);
  const pieces = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: pieces }, (_, index) => {
    const values = rows.flatMap((row) => row[index] ?? []);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { at: new Date(from.getTime() + index * pieceMs).toISOString(), ms: values.length === 0 ? null : mean };
  });
}
