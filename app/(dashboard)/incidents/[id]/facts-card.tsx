import Link from "next/link";
import type { ReactNode } from "react";
import { Card } from "@/app/_components/card";
import { ClockTime, RelativeTime } from "@/app/_components/relative-time";
import { formatDuration } from "@/lib/core/format";
import type { Incident } from "@/lib/incidents/incident";

const LINK = "font-medium text-accent underline underline-offset-2";

/** When what happened, how long each took, and where else it is told. */
export function FactsCard({ incident }: { incident: Incident }) {
  const { number, startedAt, detectedAt, acknowledgedAt, mitigatedAt, resolvedAt, createdBy, visibility } = incident;
  return (
    <Card title="Facts">
      <dl className="grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-xs">
        <Moment name="Started" at={startedAt} />
        <Moment name="Detected" at={detectedAt} since={startedAt} after="the start" />
        <Moment name="Acknowledged" at={acknowledgedAt} since={detectedAt} after="it was detected" />
        <Moment name="Mitigated" at={mitigatedAt} since={startedAt} after="the start" />
        <Moment name="Resolved" at={resolvedAt} since={startedAt} after="the start" />
        <Fact name="Declared by">{createdBy ?? "an alert"}</Fact>
        <Fact name="Post-mortem">
          <FactLink href={`/incidents/${number}/postmortem`}>
            {resolvedAt === null ? "Open the draft" : "Read or write it"}
          </FactLink>
        </Fact>
        <Fact name="Status page">
          {visibility === "public" ? (
            <a href={`/status/incidents/${number}`} className={LINK}>
              See what the public sees
            </a>
          ) : (
            "not shown there"
          )}
        </Fact>
      </dl>
    </Card>
  );
}

interface MomentProps {
  name: string;
  at: Date | null;
  since?: Date;
  /** Names `since`. */
  after?: string;
}

function Moment({ name, at, since, after }: MomentProps) {
  return (
    <Fact name={name}>
      {at === null ? (
        <span className="text-muted">not yet</span>
      ) : (
        <>
          <ClockTime at={at} />
          <span className="text-muted">
            , {since ? passed(since, at, after) : <RelativeTime at={at} focusable={false} />}
          </span>
        </>
      )}
    </Fact>
  );
}

function passed(since: Date, at: Date, after = ""): string {
  const seconds = Math.round((at.getTime() - since.getTime()) / 1000);
  return seconds === 0 ? "at once" : `${formatDuration(seconds)} after ${after}`;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="break-words text-muted">{name}</dt>
      <dd className="min-w-0 break-words text-ink">{children}</dd>
    </>
  );
}

function FactLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className={LINK}>
      {children}
    </Link>
  );
}
