"use client";

import Link from "next/link";
import { classNames } from "@/app/_components/class-names";
import { ClockTime, RelativeTime } from "@/app/_components/relative-time";
import { StateBadge } from "@/app/_components/state-badge";
import { STATES } from "@/app/_components/state";
import { StatusStrip } from "@/app/_components/status-strip";
import { SteadyList } from "@/app/_components/steady-list";
import type { ListedCheck } from "@/app/_dal/checks";
import { formatUptime } from "./format-uptime";

const GRID =
  "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 lg:grid-cols-[8.5rem_minmax(0,1fr)_7rem_11rem_4.5rem_5.5rem]";

/** The rows of the list. Drawn by the browser too, so that a page carries each row's facts and not its elements twice. */
export function CheckRows({ checks }: { checks: readonly ListedCheck[] }) {
  return (
    <div className="rounded-lg border border-line bg-surface">
      <div
        aria-hidden
        className={classNames(GRID, "hidden border-b border-line py-2 text-xs font-medium text-muted lg:grid")}
      >
        <span>State</span>
        <span>Check</span>
        <span>Now</span>
        <span>Last 24 hours</span>
        <span className="text-right">Uptime</span>
        <span className="text-right">Checked</span>
      </div>
      <SteadyList
        label="Checks"
        // Rows out of sight are laid out when they come into it.
        className="divide-y divide-line [&>li]:[contain-intrinsic-size:auto_3.5625rem] [&>li]:[content-visibility:auto]"
        items={checks.map((check) => ({ key: check.id, node: <CheckRow check={check} /> }))}
      />
    </div>
  );
}

function CheckRow({ check }: { check: ListedCheck }) {
  const { tone } = STATES[check.state];
  const troubled = tone === "negative" || tone === "caution";
  return (
    <div className={classNames(GRID, "relative py-2.5 transition-colors hover:bg-sunken")}>
      <span className="order-2 justify-self-end lg:order-none lg:justify-self-start">
        <StateBadge state={check.state} />
      </span>
      <span className="min-w-0">
        <Link
          href={`/checks/${check.id}`}
          prefetch={false}
          data-row
          className="block truncate font-medium text-ink after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {check.label}
        </Link>
        <span className={classNames("block truncate text-xs", troubled && check.message ? "text-ink" : "text-muted")}>
          {check.maintainedUntil === null ? (
            troubled && check.message ? (
              check.message
            ) : (
              check.type
            )
          ) : (
            <>
              Planned until <ClockTime at={check.maintainedUntil} focusable={false} className="relative" />
            </>
          )}
        </span>
      </span>
      <span className="order-3 truncate text-xs text-muted lg:order-none">{check.summary ?? "not run yet"}</span>
      <span className="hidden lg:block">
        <StatusStrip runs={check.strip} label="Last 24 hours" height={18} />
      </span>
      <span className="hidden text-right text-xs text-muted lg:block">
        {check.uptime === null ? "–" : formatUptime(check.uptime)}
      </span>
      <span className="order-4 justify-self-end text-right text-xs whitespace-nowrap text-muted lg:order-none">
        {check.lastResultAt === null ? (
          "–"
        ) : (
          <RelativeTime at={check.lastResultAt} focusable={false} className="relative" />
        )}
      </span>
    </div>
  );
}
