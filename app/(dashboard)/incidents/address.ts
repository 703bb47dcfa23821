import type { IncidentListFilter } from "@/app/_dal/incidents";

type Wanted = Partial<Omit<IncidentListFilter, "cursor">>;

/** A filter as the address's query: what is as it always is, and the place in the list, are left out. Pure. */
export function incidentQuery({ status = "open", ...rest }: Wanted): Record<string, string> {
  const words = Object.entries(rest).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return { ...(status !== "open" && { status }), ...Object.fromEntries(words) };
}

/** The list with a filter. Pure. */
export function incidentsPath(filter: Wanted): string {
  const query = new URLSearchParams(incidentQuery(filter)).toString();
  return query ? `/incidents?${query}` : "/incidents";
}
