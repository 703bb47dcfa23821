import { ChevronLeft, ChevronRight } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { type ReactNode, Suspense } from "react";
import { Button, ButtonLink } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { LevelBadge } from "@/app/_components/level-badge";
import { PageHeader } from "@/app/_components/page-header";
import { RelativeTime } from "@/app/_components/relative-time";
import { readErrorPage } from "@/app/_dal/errors";
import { firstOf, type SearchParams } from "@/app/_lists/search-params";
import type { ErrorEvent } from "@/lib/errors/events/get-event";
import { Belonging } from "./belonging";
import { Breadcrumbs } from "./breadcrumbs";
import { Comments } from "./comments";
import { EventFacts } from "./event-facts";
import { EventLogs } from "./event-logs";
import { GroupCard } from "./group-card";
import { Stack } from "./stack";
import { TagCard } from "./tag-card";
import { Triage } from "./triage";

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata({ params, searchParams }: PageProps): Promise<Metadata> {
  const { group } = await readErrorPage((await params).id, firstOf((await searchParams)["event"]));
  return { title: group.type || group.value };
}

/** An error: what and how often, the stack trace of one occurrence, then the rest of what was sent. */
export default async function ErrorPage({ params, searchParams }: PageProps) {
  const { id } = await params;
  const { group, event, people, mayEdit } = await readErrorPage(id, firstOf((await searchParams)["event"]));
  return (
    <>
      <PageHeader
        // The whole of it stands in the card below.
        title={<span className="line-clamp-3 wrap-anywhere">{group.type || group.value}</span>}
        description={
          <span className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
            {group.type ? <span className="line-clamp-4 wrap-anywhere text-ink">{group.value}</span> : null}
            <span className="flex flex-wrap items-center gap-2">
              <LevelBadge level={group.level} quiet={group.status !== "open"} />
              {group.culprit ? <code className="font-mono text-xs break-all">{group.culprit}</code> : null}
            </span>
          </span>
        }
        above={
          <>
            <Link href="/errors">Errors</Link> / {group.project.name}
          </>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <GroupCard group={group} />
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            {event === null ? (
              <Card title="No event is kept any more">
                <p className="text-sm text-muted">
                  Its events are past the days that history is kept. The next one will be shown here.
                </p>
              </Card>
            ) : (
              <EventParts groupId={group.id} event={event} />
            )}
          </div>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            {mayEdit ? <Triage group={group} people={people} /> : null}
            {mayEdit ? <Belonging group={group} /> : null}
            <TagCard tags={group.tags} />
            <Comments groupId={group.id} comments={group.comments} mayEdit={mayEdit} />
          </div>
        </div>
      </div>
    </>
  );
}

function EventParts({ groupId, event }: { groupId: string; event: ErrorEvent }) {
  const { data } = event;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3 text-xs text-muted">
        <p>
          Event <code className="font-mono break-all">{event.id}</code>, <RelativeTime at={event.occurredAt} />
        </p>
        <nav aria-label="Events of this error" className="flex gap-2">
          <Neighbour groupId={groupId} eventId={event.previousId}>
            <ChevronLeft aria-hidden size={14} />
            Older
          </Neighbour>
          <Neighbour groupId={groupId} eventId={event.nextId}>
            Newer
            <ChevronRight aria-hidden size={14} />
          </Neighbour>
        </nav>
      </div>
      <Stack data={data} />
      <Breadcrumbs breadcrumbs={data.breadcrumbs} />
      <EventFacts event={event} />
      <Suspense fallback={<Card title="Logs around it">Reading the logs…</Card>}>
        <EventLogs event={event} />
      </Suspense>
    </>
  );
}

/** The way to an event beside the one that is shown; at the end it stands still, so that the other keeps its place. */
function Neighbour({ groupId, eventId, children }: { groupId: string; eventId: string | null; children: ReactNode }) {
  if (eventId === null)
    return (
      <Button small disabled>
        {children}
      </Button>
    );
  return (
    <ButtonLink href={`/errors/${groupId}?event=${eventId}`} small scroll={false} prefetch={false}>
      {children}
    </ButtonLink>
  );
}
