import { Bot, Globe, Lock } from "lucide-react";
import Link from "next/link";
import { classNames } from "@/app/_components/class-names";
import { IncidentSeverityBadge, IncidentStatusIcon } from "@/app/_components/incident-badge";
import { INCIDENT_SEVERITY_LOOKS, INCIDENT_STATUS_LOOKS } from "@/app/_components/incident-looks";
import { Markdown } from "@/app/_components/markdown";
import { ClockTime } from "@/app/_components/relative-time";
import { TONE_SURFACE, TONE_TEXT } from "@/app/_components/state";
import { formatDuration } from "@/lib/core/format";
import { type Incident, incidentName } from "@/lib/incidents/incident";

/** Where it is, how bad, for how long, who leads it and who sees it. */
export function StateCard({ incident, now }: { incident: Incident; now: number }) {
  const { status, severity, startedAt, resolvedAt, lead, visibility, isAutomatic, description, mergedInto } = incident;
  const { word, tone } = INCIDENT_STATUS_LOOKS[status];
  const seconds = Math.round(((resolvedAt?.getTime() ?? now) - startedAt.getTime()) / 1000);
  const ground = resolvedAt === null ? INCIDENT_SEVERITY_LOOKS[severity].tone : "neutral";
  const isPublic = visibility === "public";
  const Visibility = isPublic ? Globe : Lock;
  return (
    <section
      aria-label="State"
      className={classNames(
        "rounded-lg border px-4 py-4",
        ground === "neutral" ? "border-line bg-surface" : TONE_SURFACE[ground],
      )}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <IncidentStatusIcon status={status} size={20} />
        <strong className={classNames("text-base font-semibold", TONE_TEXT[tone])}>{word}</strong>
        <IncidentSeverityBadge severity={severity} over={resolvedAt !== null} />
        <span className="text-sm text-muted">
          for {formatDuration(seconds)}, {resolvedAt === null ? "since" : "until"}{" "}
          <ClockTime at={resolvedAt ?? startedAt} />
        </span>
      </div>
      <p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink">
        <span>{lead === null ? `Nobody ${resolvedAt === null ? "leads it yet" : "led it"}` : `Led by ${lead}`}</span>
        <span className="flex items-center gap-1.5 text-muted">
          <Visibility aria-hidden size={14} />
          {isPublic ? "Public" : "Internal"}
        </span>
        {isAutomatic ? (
          <span className="flex items-center gap-1.5 text-muted">
            <Bot aria-hidden size={14} className="shrink-0" />
            Moved on by its alerts until somebody changes it
          </span>
        ) : null}
      </p>
      {mergedInto ? (
        <p className="mt-2 text-sm text-ink">
          It is a part of{" "}
          <Link
            href={`/incidents/${mergedInto.number}`}
            prefetch={false}
            className="font-medium text-accent underline underline-offset-2"
          >
            {incidentName(mergedInto.number)}
          </Link>
          , which goes on in its place.
        </p>
      ) : null}
      {description ? <Markdown text={description} className="mt-3 max-w-prose text-sm text-ink" /> : null}
    </section>
  );
}
