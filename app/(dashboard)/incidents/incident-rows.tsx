"use client";

import { Globe } from "lucide-react";
import Link from "next/link";
import { classNames } from "@/app/_components/class-names";
import { IncidentSeverityBadge, IncidentStatusBadge } from "@/app/_components/incident-badge";
import type { IncidentSeverity, IncidentStatus } from "@/app/_components/incident-looks";
import { RelativeTime } from "@/app/_components/relative-time";
import { SteadyList } from "@/app/_components/steady-list";
import { formatDuration } from "@/lib/core/format";

/** An incident as its row shows it. */
export interface IncidentRowData {
  id: string;
  number: number;
  title: string;
  severity: IncidentSeverity;
  status: IncidentStatus;
  lead: string | null;
  isPublic: boolean;
  since: number;
  /** null while it is open. */
  until: number | null;
  /** Names of the affected ones. */
  checks: readonly string[];
}

const GRID =
  "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 lg:grid-cols-[6rem_minmax(0,1fr)_8rem_9rem_7.5rem]";
const NAMED = 3;

/** The rows of the list. Drawn by the browser too, so that a page carries each row's facts and not its elements twice. */
export function IncidentRows({ incidents }: { incidents: readonly IncidentRowData[] }) {
  return (
    <div className="rounded-lg border border-line bg-surface">
      <div
        aria-hidden
        className={classNames(GRID, "hidden border-b border-line py-2 text-xs font-medium text-muted lg:grid")}
      >
        <span>Severity</span>
        <span>Incident</span>
        <span>Status</span>
        <span>Lead</span>
        <span className="text-right">Began</span>
      </div>
      <SteadyList
        label="Incidents"
        className="divide-y divide-line"
        items={incidents.map((incident) => ({ key: incident.id, node: <IncidentRow incident={incident} /> }))}
      />
    </div>
  );
}

function IncidentRow({ incident }: { incident: IncidentRowData }) {
  const { number, title, severity, status, lead, isPublic, since, until, checks } = incident;
  return (
    <div className={classNames(GRID, "relative py-2.5 transition-colors hover:bg-sunken")}>
      <span className="order-2 justify-self-end lg:order-none lg:justify-self-start">
        <IncidentSeverityBadge severity={severity} over={until !== null} />
      </span>
      <span className="min-w-0">
        <Link
          href={`/incidents/${number}`}
          prefetch={false}
          data-row
          className="line-clamp-2 font-medium break-words text-ink after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {title}
        </Link>
        <span className="flex min-w-0 items-center gap-1.5 text-xs text-muted">
          <span className="shrink-0">INC-{number}</span>
          {isPublic ? (
            <span className="flex shrink-0 items-center gap-1">
              <Globe aria-hidden size={12} />
              public
            </span>
          ) : null}
          {checks.length > 0 ? (
            <span className="min-w-0 truncate" title={checks.join(", ")}>
              affects {namesOf(checks)}
            </span>
          ) : null}
        </span>
      </span>
      <span className="order-3 lg:order-none">
        <IncidentStatusBadge status={status} />
      </span>
      <span
        className={classNames(
          "order-5 col-span-2 truncate text-xs text-muted lg:order-none lg:col-span-1",
          lead === null && "max-lg:hidden",
        )}
      >
        {lead ?? "No lead"}
      </span>
      <span className="order-4 justify-self-end text-right text-xs whitespace-nowrap text-muted lg:order-none">
        <RelativeTime at={since} focusable={false} className="relative" />
        {until === null ? null : (
          <span className="block">for {formatDuration(Math.round((until - since) / 1000))}</span>
        )}
      </span>
    </div>
  );
}

function namesOf(checks: readonly string[]): string {
  const named = checks.slice(0, NAMED).join(", ");
  return checks.length > NAMED ? `${named} and ${checks.length - NAMED} more` : named;
}
