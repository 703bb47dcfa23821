"use client";

import Link from "next/link";
import { classNames } from "@/app/_components/class-names";
import { ClockTime, RelativeTime } from "@/app/_components/relative-time";
import { Sparkline } from "@/app/_components/sparkline";
import { StateBadge } from "@/app/_components/state-badge";
import { STATES, TONE_TEXT } from "@/app/_components/state";
import { StatusStrip } from "@/app/_components/status-strip";
import type { OverviewCheck } from "@/app/_dal/overview-checks";

const GROUNDS = {
  negative: "border-negative-line bg-negative-soft",
  caution: "border-caution-line bg-caution-soft",
  positive: "border-line bg-surface hover:border-line-strong",
  info: "border-line bg-surface hover:border-line-strong",
  neutral: "border-line bg-surface hover:border-line-strong",
};

/** A check at a glance. The whole card is the link; times above it can still be pointed at. */
export function CheckCard({ check }: { check: OverviewCheck }) {
  const { tone } = STATES[check.state];
  const troubled = tone === "negative" || tone === "caution";
  return (
    <article
      className={classNames("relative flex h-full flex-col rounded-lg border p-4 transition-colors", GROUNDS[tone])}
    >
      <div className="flex items-start justify-between gap-3">
        <h3 className="min-w-0 text-sm font-semibold text-ink">
          <Link
            href={`/checks/${check.id}`}
            prefetch={false}
            className="line-clamp-2 break-words after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
          >
            {check.label}
          </Link>
        </h3>
        <StateBadge state={check.state} />
      </div>
      <div className="mt-3 flex items-end justify-between gap-4">
        <p
          className={classNames(
            "min-w-0 truncate text-xl font-semibold tracking-tight",
            troubled ? TONE_TEXT[tone] : "text-ink",
          )}
        >
          {check.summary ?? "–"}
        </p>
        {check.durations.filter((value) => value !== null).length > 1 ? (
          <div className="w-24 shrink-0">
            <Sparkline values={check.durations} label="Time a run took, over the last 24 hours" height={28} />
          </div>
        ) : null}
      </div>
      {troubled && check.message ? (
        <p className="mt-1 line-clamp-3 text-xs break-words text-ink">{check.message}</p>
      ) : null}
      {check.maintainedUntil === null ? null : (
        <p className="mt-1 text-xs text-muted">
          Planned until <ClockTime at={check.maintainedUntil} focusable={false} className="relative" />
        </p>
      )}
      <div className="mt-auto pt-4">
        <StatusStrip runs={check.strip} label="Last 24 hours" height={18} />
        <p className="mt-1.5 flex justify-between text-xs text-muted">
          <span>24 h</span>
          {check.lastResultAt === null ? (
            <span>not run yet</span>
          ) : (
            <RelativeTime at={check.lastResultAt} focusable={false} className="relative" />
          )}
        </p>
      </div>
    </article>
  );
}
