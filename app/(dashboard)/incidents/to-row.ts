import type { IncidentList } from "@/app/_dal/incidents";
import type { IncidentRowData } from "./incident-rows";

/** What a row shows of an incident. Pure. */
export function toRow(incident: IncidentList["items"][number]): IncidentRowData {
  const { id, number, title, severity, status, lead, visibility, startedAt, resolvedAt, checks } = incident;
  return {
    id,
    number,
    title,
    severity,
    status,
    lead,
    isPublic: visibility === "public",
    since: startedAt.getTime(),
    until: resolvedAt?.getTime() ?? null,
    checks: checks.map(({ label }) => label),
  };
}
