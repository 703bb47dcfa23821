import { Bug, RotateCcw, Sparkles } from "lucide-react";
import Link from "next/link";
import { Card } from "@/app/_components/card";
import { LevelBadge } from "@/app/_components/level-badge";
import { RelativeTime } from "@/app/_components/relative-time";
import type { RecentErrors as Errors } from "@/lib/errors/groups/recent-errors";

/** The unresolved errors that were seen last. */
export function RecentErrors({ errors: { hasAny, recent }, className }: { errors: Errors; className?: string }) {
  return (
    <Card
      title="Recent errors"
      className={className}
      aside={
        <Link
          href={hasAny ? "/errors" : "/errors/projects"}
          prefetch={false}
          className="font-medium text-accent underline underline-offset-2"
        >
          {hasAny ? "All errors" : "Projects"}
        </Link>
      }
      flush={recent.length > 0}
    >
      {recent.length === 0 ? (
        <p className="flex items-center gap-2 text-sm text-muted">
          <Bug aria-hidden size={16} className="shrink-0" />
          {hasAny
            ? "No error is unresolved."
            : "What breaks in your programs is shown here, once a project’s DSN is set up in them."}
        </p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {recent.map((error) => (
            <ErrorLine key={error.id} error={error} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function ErrorLine({ error }: { error: Errors["recent"][number] }) {
  const { id, type, value, culprit, level, project, events, lastSeenAt, isNew, isBack } = error;
  return (
    <li className="relative flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 transition-colors hover:bg-sunken">
      <span className="sm:w-20">
        <LevelBadge level={level} />
      </span>
      <span className="min-w-0 flex-1 basis-48">
        <Link
          href={`/errors/${id}`}
          prefetch={false}
          className="block truncate text-sm font-medium text-ink after:absolute after:inset-0"
        >
          {[type, value].filter(Boolean).join(": ")}
        </Link>
        <span className="flex min-w-0 items-center gap-1.5 text-xs text-muted">
          {isBack ? <News icon={RotateCcw}>came back</News> : isNew ? <News icon={Sparkles}>new</News> : null}
          <span className="max-w-1/2 shrink-0 truncate">{project}</span>
          {culprit ? <span className="min-w-0 truncate font-mono">{culprit}</span> : null}
        </span>
      </span>
      <span className="w-full text-xs text-muted tabular-nums sm:w-auto sm:text-right">
        {events.toLocaleString("en")} {events === 1 ? "event" : "events"}, last{" "}
        <RelativeTime at={lastSeenAt.getTime()} focusable={false} className="relative" />
      </span>
    </li>
  );
}

function News({ icon: Icon, children }: { icon: typeof Bug; children: string }) {
  return (
    <span className="flex shrink-0 items-center gap-1 text-caution">
      <Icon aria-hidden size={12} />
      {children}
    </span>
  );
}
