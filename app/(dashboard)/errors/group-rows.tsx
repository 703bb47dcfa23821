"use client";

import { RotateCcw } from "lucide-react";
import Link from "next/link";
import { classNames } from "@/app/_components/class-names";
import { LevelBadge } from "@/app/_components/level-badge";
import { RelativeTime } from "@/app/_components/relative-time";
import { Sparkline } from "@/app/_components/sparkline";
import { SteadyList } from "@/app/_components/steady-list";

/** An error as its row shows it. */
interface GroupRowData {
  id: string;
  title: string;
  value: string;
  culprit: string;
  project: string;
  level: string;
  status: "open" | "resolved" | "ignored";
  /** It had been resolved. */
  isBack: boolean;
  assignee: string | null;
  firstSeenAt: number;
  lastSeenAt: number;
  events: number;
  users: number;
  /** Events an hour, the oldest first. */
  trend: number[];
}

const GRID =
  "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 lg:grid-cols-[6rem_minmax(0,1fr)_7rem_5rem_4rem_7.5rem]";

/** The rows of the list. Drawn by the browser too, so that a page carries each row's facts and not its elements twice. */
export function GroupRows({ groups }: { groups: readonly GroupRowData[] }) {
  return (
    <div className="rounded-lg border border-line bg-surface">
      <div
        aria-hidden
        className={classNames(GRID, "hidden border-b border-line py-2 text-xs font-medium text-muted lg:grid")}
      >
        <span>Level</span>
        <span>Error</span>
        <span>Last 24 h</span>
        <span className="text-right">Events</span>
        <span className="text-right">Users</span>
        <span className="text-right">Last seen</span>
      </div>
      <SteadyList
        label="Errors"
        className="divide-y divide-line"
        items={groups.map((group) => ({ key: group.id, node: <GroupRow group={group} /> }))}
      />
    </div>
  );
}

function GroupRow({ group }: { group: GroupRowData }) {
  const { id, title, value, culprit, project, level, status, isBack, assignee, events, users, trend } = group;
  return (
    <div className={classNames(GRID, "relative py-2.5 transition-colors hover:bg-sunken")}>
      <span className="order-2 justify-self-end lg:order-none lg:justify-self-start">
        <LevelBadge level={level} quiet={status !== "open"} />
      </span>
      <span className="min-w-0">
        <Link
          href={`/errors/${id}`}
          prefetch={false}
          data-row
          className="block truncate font-medium text-ink after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {title}
        </Link>
        {value ? <span className="block truncate text-xs text-ink">{value}</span> : null}
        <span className="flex min-w-0 items-center gap-1.5 text-xs text-muted">
          {isBack ? (
            <span className="flex shrink-0 items-center gap-1 text-caution">
              <RotateCcw aria-hidden size={12} />
              came back
            </span>
          ) : null}
          <span className="shrink-0">{project}</span>
          {culprit ? <span className="min-w-0 truncate font-mono">{culprit}</span> : null}
          {assignee ? <span className="shrink-0">{assignee}</span> : null}
        </span>
      </span>
      <span className="hidden lg:block">
        <Sparkline values={trend} label={`Events of the last 24 hours: ${trend.reduce((a, b) => a + b, 0)}`} />
      </span>
      <Count count={events} word="event" className="order-3 lg:order-none" />
      <Count count={users} word="user" className="order-5 max-lg:hidden lg:order-none" />
      <span className="order-4 justify-self-end text-right text-xs whitespace-nowrap text-muted lg:order-none">
        <RelativeTime at={group.lastSeenAt} focusable={false} className="relative" />
        <span className="block">
          first <RelativeTime at={group.firstSeenAt} focusable={false} className="relative" />
        </span>
      </span>
    </div>
  );
}

function Count({ count, word, className }: { count: number; word: string; className: string }) {
  return (
    <span className={classNames("text-xs text-muted tabular-nums lg:text-right lg:text-sm lg:text-ink", className)}>
      {count.toLocaleString("en")}
      <span className="lg:sr-only"> {count === 1 ? word : `${word}s`}</span>
    </span>
  );
}
