"use client";

import Link from "next/link";
import { classNames } from "@/app/_components/class-names";
import { RelativeTime } from "@/app/_components/relative-time";
import type { ShownState } from "@/app/_components/severity";
import { AlertStateBadge, SeverityBadge } from "@/app/_components/severity-badge";
import { SteadyList } from "@/app/_components/steady-list";
import { formatDuration } from "@/lib/core/format";
import type { Severity } from "@/lib/alerting/severity";

/** An alert as its row shows it. */
export interface AlertRowData {
  id: string;
  shown: ShownState;
  severity: Severity;
  subject: string;
  summary: string;
  rule: string;
  since: number;
  /** null while it is open. */
  until: number | null;
  acknowledgedBy: string | null;
  suppressedReason: string | null;
  isFlapping: boolean;
}

const GRID =
  "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 lg:grid-cols-[6rem_minmax(0,1fr)_16rem_10rem_7rem]";

/** The rows of the list. Drawn by the browser too, so that a page carries each row's facts and not its elements twice. */
export function AlertRows({ alerts, label = "Alerts" }: { alerts: readonly AlertRowData[]; label?: string }) {
  return (
    <div className="rounded-lg border border-line bg-surface">
      <div
        aria-hidden
        className={classNames(GRID, "hidden border-b border-line py-2 text-xs font-medium text-muted lg:grid")}
      >
        <span>Severity</span>
        <span>What</span>
        <span>State</span>
        <span>Rule</span>
        <span className="text-right">Since</span>
      </div>
      <SteadyList
        label={label}
        className="divide-y divide-line"
        items={alerts.map((alert) => ({ key: alert.id, node: <AlertRow alert={alert} /> }))}
      />
    </div>
  );
}

function AlertRow({ alert }: { alert: AlertRowData }) {
  const { shown, severity, until, since } = alert;
  const note = noteOf(alert);
  return (
    <div className={classNames(GRID, "relative py-2.5 transition-colors hover:bg-sunken")}>
      <span className="order-2 justify-self-end lg:order-none lg:justify-self-start">
        <SeverityBadge severity={severity} over={shown === "resolved"} />
      </span>
      <span className="min-w-0">
        <Link
          href={`/alerts/${alert.id}`}
          prefetch={false}
          data-row
          className="block truncate font-medium text-ink after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {alert.subject}
        </Link>
        <span className="line-clamp-2 text-xs break-words text-muted lg:line-clamp-1" title={alert.summary}>
          {alert.summary}
        </span>
      </span>
      <span className="order-3 col-span-2 flex min-w-0 items-center gap-2 lg:order-none lg:col-span-1">
        <AlertStateBadge state={shown} />
        {note ? (
          <span className="line-clamp-2 min-w-0 text-xs break-words text-muted" title={note}>
            {note}
          </span>
        ) : null}
      </span>
      <span className="order-4 truncate text-xs text-muted lg:order-none">{alert.rule}</span>
      <span className="order-5 justify-self-end text-right text-xs whitespace-nowrap text-muted lg:order-none">
        <RelativeTime at={since} focusable={false} className="relative" />
        {until === null ? null : (
          <span className="block">for {formatDuration(Math.round((until - since) / 1000))}</span>
        )}
      </span>
    </div>
  );
}

/** Who has it, or why nobody is told. */
function noteOf({ shown, acknowledgedBy, suppressedReason, isFlapping }: AlertRowData): string | null {
  if (shown === "suppressed") return suppressedReason;
  if (acknowledgedBy !== null && shown !== "resolved") return `acknowledged by ${acknowledgedBy}`;
  return isFlapping && shown === "firing" ? "comes and goes" : null;
}
