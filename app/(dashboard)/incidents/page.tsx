import { SearchX, Siren } from "lucide-react";
import type { Metadata } from "next";
import { ButtonLink } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { type IncidentList, parseIncidentListFilter, readIncidentList } from "@/app/_dal/incidents";
import { ListKeys } from "@/app/_lists/list-keys";
import { PageLinks } from "@/app/_lists/page-links";
import type { SearchParams } from "@/app/_lists/search-params";
import { incidentQuery } from "./address";
import { DeclareButton } from "./declare-button";
import { IncidentFilters } from "./incident-filters";
import { IncidentTabs } from "./incident-tabs";
import { IncidentRows } from "./incident-rows";
import { StatusFilter } from "./status-filter";
import { toRow } from "./to-row";

export const metadata: Metadata = { title: "Incidents" };

export default async function IncidentsPage({ searchParams }: { searchParams: SearchParams }) {
  const filter = parseIncidentListFilter(await searchParams);
  const { items, next, counts, leads, checkLabel, mayEdit } = await readIncidentList(filter);
  const { status, cursor, ...narrowed } = filter;
  return (
    <>
      <IncidentTabs
        current="/incidents"
        title="Incidents"
        description="What went wrong for the people who use the product: who works on it, and what came of it."
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <StatusFilter filter={filter} counts={counts} />
        <IncidentFilters filter={{ status, ...narrowed }} leads={leads} checkLabel={checkLabel} />
        {items.length > 0 ? (
          <IncidentRows incidents={items.map((incident) => toRow(incident))} />
        ) : (
          <NoIncidents
            isNarrowed={Object.values(narrowed).some(Boolean)}
            status={status}
            counts={counts}
            mayEdit={mayEdit}
          />
        )}
        <PageLinks path="/incidents" query={incidentQuery(filter)} cursor={cursor} next={next} />
      </div>
      <ListKeys mayEdit={mayEdit} />
    </>
  );
}

interface NoIncidentsProps extends Pick<IncidentList, "counts" | "mayEdit"> {
  isNarrowed: boolean;
  status: string;
}

function NoIncidents({ isNarrowed, status, counts, mayEdit }: NoIncidentsProps) {
  if (isNarrowed) {
    return (
      <EmptyState
        icon={SearchX}
        title="No incident fits"
        action={<ButtonLink href="/incidents?status=all">Show all incidents</ButtonLink>}
      >
        None is like this, with these filters.
      </EmptyState>
    );
  }
  const ever = Object.values(counts).some((count) => count > 0);
  return (
    <EmptyState
      icon={Siren}
      title={ever ? (status === "open" ? "No incident is open" : "None is like this now") : "No incident yet"}
      action={mayEdit ? <DeclareButton look="primary" /> : undefined}
    >
      When something is wrong for people, declare an incident: what is known, who works on it and what happened then
      stand in one place, and the status page says what is public.
    </EmptyState>
  );
}
