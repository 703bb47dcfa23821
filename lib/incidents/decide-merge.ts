import { INCIDENT_IMPACTS, type Incident, incidentName } from "./incident";
import { isMoreSevere } from "./automatic/decide-severity";

/** What a merge asks of an incident. */
type Merged = Pick<
  Incident,
  "id" | "number" | "severity" | "visibility" | "resolvedAt" | "mergedInto" | "startedAt" | "detectedAt"
>;

export type Merge =
  | {
      isAllowed: true;
      /** What the other one becomes; what stays is left out. */
      fields: Partial<Pick<Incident, "severity" | "startedAt" | "detectedAt">>;
    }
  | { isAllowed: false; reason: string };

/**
 * May an incident become a part of another one, and what becomes of that? It began when the first of them did, and is as bad
 * as the worse of them. Nothing that goes on is ended unseen. Pure.
 */
export function decideMerge(from: Merged, into: Merged): Merge {
  const refuse = (reason: string): Merge => ({ isAllowed: false, reason });
  const other = incidentName(into.number);
  if (from.id === into.id) return refuse("choose another incident than this one");
  if (from.mergedInto) return refuse(`it was merged into ${incidentName(from.mergedInto.number)} already`);
  if (into.mergedInto)
    return refuse(`${other} was merged into ${incidentName(into.mergedInto.number)}: choose that one`);
  if (from.resolvedAt === null && into.resolvedAt !== null)
    return refuse(`${other} is resolved, and this one is not: reopen ${other} first`);
  if (from.resolvedAt === null && from.visibility === "public" && into.visibility !== "public")
    return refuse(`the status page does not show ${other}, and would say that this one is over: make ${other} public`);
  return {
    isAllowed: true,
    fields: {
      ...(isMoreSevere(from.severity, into.severity) && { severity: from.severity }),
      ...(from.startedAt < into.startedAt && { startedAt: from.startedAt }),
      ...(from.detectedAt < into.detectedAt && { detectedAt: from.detectedAt }),
    },
  };
}

/** The worse of two impacts on a check. Pure. */
export function worseImpact<Impact extends (typeof INCIDENT_IMPACTS)[number]>(one: Impact, other: Impact): Impact {
  return INCIDENT_IMPACTS.indexOf(one) >= INCIDENT_IMPACTS.indexOf(other) ? one : other;
}
