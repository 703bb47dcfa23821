import type { IncidentFacts } from "./status-facts";
import type { PublicIncident, PublicPostmortem, State } from "./status";

const iso = (at: Date): string => at.toISOString();

/**
 * What everybody may read of an incident; undefined for an internal one. Of its timeline that is what people wrote for the
 * public: no line that a source brought, no annotation, no link, no name. The description is for those inside. Pure.
 * @param components those of the page that it affects
 */
export function toPublicIncident(
  incident: IncidentFacts,
  components: readonly { id: string; label: string; state: State }[],
): PublicIncident | undefined {
  if (incident.visibility !== "public") return undefined;
  const { id, number, title, status, severity, startedAt, resolvedAt, createdAt } = incident;
  const updates = incident.updates
    .filter(({ isPublic, source }) => isPublic && source === "update")
    .toSorted((a, b) => b.at.getTime() - a.at.getTime());
  const postmortem = toPublicPostmortem(incident.postmortem);
  const times = [startedAt, createdAt, ...(resolvedAt ? [resolvedAt] : []), ...updates.map(({ at }) => at)];
  if (postmortem) times.push(new Date(postmortem.publishedAt));
  return {
    id,
    number,
    title,
    status,
    severity,
    startedAt: iso(startedAt),
    resolvedAt: resolvedAt && iso(resolvedAt),
    createdAt: iso(createdAt),
    updatedAt: iso(new Date(Math.max(...times.map((at) => at.getTime())))),
    components: [...components],
    updates: updates.map(({ id, at, status, message }) => ({ id, at: iso(at), status, message })),
    postmortem,
  };
}

/** A post-mortem that was published, and to the public. */
function toPublicPostmortem(postmortem: IncidentFacts["postmortem"]): PublicPostmortem | null {
  if (!postmortem || postmortem.visibility !== "public" || !postmortem.publishedAt) return null;
  const { publishedAt, impact, rootCause, contributingFactors, whys, wentWell, wentBadly } = postmortem;
  return { publishedAt: iso(publishedAt), impact, rootCause, contributingFactors, whys, wentWell, wentBadly };
}
