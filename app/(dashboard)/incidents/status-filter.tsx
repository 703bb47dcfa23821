import { IncidentStatusIcon } from "@/app/_components/incident-badge";
import { INCIDENT_STATUS_LOOKS } from "@/app/_components/incident-looks";
import type { IncidentList, IncidentListFilter } from "@/app/_dal/incidents";
import { ChoiceLink } from "@/app/_lists/choice-link";
import { OPEN_STATUSES } from "@/lib/incidents/incident";
import { incidentsPath } from "./address";

interface StatusFilterProps {
  filter: IncidentListFilter;
  counts: IncidentList["counts"];
}

/** What is open, and where it is; what is over; all. As links with their counts. */
export function StatusFilter({ filter, counts }: StatusFilterProps) {
  const open = OPEN_STATUSES.reduce((sum, status) => sum + counts[status], 0);
  const { cursor: _cursor, ...wanted } = filter;
  const link = (status: IncidentListFilter["status"], label: string, count: number) => (
    <ChoiceLink
      key={status}
      href={incidentsPath({ ...wanted, status })}
      active={filter.status === status}
      icon={status === "open" || status === "all" ? null : <IncidentStatusIcon status={status} size={12} />}
      label={label}
      count={count}
    />
  );
  return (
    <nav aria-label="Which incidents" className="flex flex-wrap gap-2">
      {link("open", "Open", open)}
      {OPEN_STATUSES.map((status) => link(status, INCIDENT_STATUS_LOOKS[status].word, counts[status]))}
      {link("resolved", "Resolved", counts.resolved)}
      {link("all", "All", open + counts.resolved)}
    </nav>
  );
}
