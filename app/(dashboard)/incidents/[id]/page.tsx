import { Pencil } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ButtonLink } from "@/app/_components/button";
import { PageHeader } from "@/app/_components/page-header";
import { readIncidentPage } from "@/app/_dal/incidents";
import { firstOf, type SearchParams } from "@/app/_lists/search-params";
import { incidentName } from "@/lib/incidents/incident";
import { AffectedCard } from "./affected-card";
import { AlertsCard } from "./alerts-card";
import { CausesCard } from "./causes-card";
import { Composer } from "./composer";
import { FactsCard } from "./facts-card";
import { IncidentActions } from "./incident-actions";
import { MergeCard } from "./merge-card";
import { StateCard } from "./state-card";
import { Timeline } from "./timeline";
import { timelineView } from "./timeline-view";

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { number, title } = (await readIncidentPage((await params).id)).incident;
  return { title: `${incidentName(number)} ${title}` };
}

/** An incident as a story: how bad it is and who has it, what to say next, what happened, and beside it the facts. */
export default async function IncidentPage({ params, searchParams }: PageProps) {
  const { id } = await params;
  const detail = await readIncidentPage(id);
  const { incident, alerts, causes, mayEdit, now } = detail;
  // One address for one incident, the short one that people say: its id and INC-12 lead there.
  if (id !== String(incident.number)) redirect(`/incidents/${incident.number}`);
  const { show, entries } = await searchParams;
  const { number, title, version } = incident;
  return (
    <>
      <PageHeader
        title={title}
        above={
          <>
            <Link href="/incidents">Incidents</Link> / {incidentName(number)}
          </>
        }
        actions={
          mayEdit ? (
            <IncidentActions
              id={incident.id}
              version={version}
              isOpen={incident.resolvedAt === null}
              isTaken={incident.acknowledgedAt !== null && incident.leadId !== null}
            >
              <ButtonLink href={`/incidents/${number}/edit`} prefetch={false}>
                <Pencil aria-hidden size={16} />
                Edit
              </ButtonLink>
            </IncidentActions>
          ) : undefined
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <StateCard incident={incident} now={now} />
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            {mayEdit ? <Composer incident={incident} /> : null}
            <Timeline
              path={`/incidents/${number}`}
              view={timelineView(detail.timeline, firstOf(show), firstOf(entries))}
              isPublic={incident.visibility === "public"}
              mayEdit={mayEdit}
            />
          </div>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            <AffectedCard incident={incident} checks={detail.checks} mayEdit={mayEdit} />
            <AlertsCard incidentId={incident.id} alerts={alerts} mayEdit={mayEdit} />
            <CausesCard causes={causes} />
            <FactsCard incident={incident} />
            {mayEdit && !incident.mergedInto ? <MergeCard id={incident.id} /> : null}
          </div>
        </div>
      </div>
    </>
  );
}
