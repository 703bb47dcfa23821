import { Pin } from "lucide-react";
import Link from "next/link";
import { ButtonLink } from "@/app/_components/button";
import { ClockTime } from "@/app/_components/relative-time";
import { ChoiceLink } from "@/app/_lists/choice-link";
import type { TimelineEntry } from "@/lib/incidents/get-incident";
import { EntryLine } from "./entry-line";
import type { TimelineView } from "./timeline-view";

interface TimelineProps {
  path: string;
  view: TimelineView;
  isPublic: boolean;
  mayEdit: boolean;
}

/** What happened, the newest first: what people wrote, and what the product noted by itself, each with its evidence. */
export function Timeline({ path, view, isPublic, mayEdit }: TimelineProps) {
  const { show, entries, pinned, older, counts } = view;
  return (
    <section aria-labelledby="timeline" className="grid min-w-0 gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id="timeline" className="text-base font-semibold tracking-tight text-ink">
          What happened
        </h2>
        <nav aria-label="Which lines" className="flex gap-2">
          <ChoiceLink href={path} active={show === "all"} label="All" count={counts.all} />
          <ChoiceLink
            href={`${path}?show=updates`}
            active={show === "updates"}
            label="Updates"
            count={counts.updates}
          />
        </nav>
      </div>
      {pinned.length > 0 ? <Pinned entries={pinned} /> : null}
      {entries.length === 0 ? (
        <p className="rounded-lg border border-dashed border-line-strong px-4 py-8 text-center text-sm text-muted">
          {show === "updates"
            ? "Nobody has written an update yet."
            : "Updates, changes, alerts, check results and deploys will be lines here."}
        </p>
      ) : (
        <ol className="rounded-lg border border-line bg-surface px-4 py-1">
          {entries.map((entry) => (
            <EntryLine key={entry.id} entry={entry} isPublic={isPublic} mayEdit={mayEdit} />
          ))}
        </ol>
      )}
      {older > 0 ? (
        <div>
          <ButtonLink
            href={`${path}?${show === "updates" ? "show=updates&" : ""}entries=all`}
            small
            prefetch={false}
            scroll={false}
          >
            Show {older} older
          </ButtonLink>
        </div>
      ) : null}
    </section>
  );
}

/** The lines that matter most, each a way to its place. */
function Pinned({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ul
      aria-label="Pinned"
      className="grid grid-cols-[minmax(0,1fr)] gap-1 rounded-lg border border-line bg-surface px-4 py-3"
    >
      {entries.map(({ id, at, message, annotation }) => (
        <li key={id} className="flex min-w-0 items-center gap-2 text-sm">
          <Pin aria-hidden size={14} className="shrink-0 text-muted" />
          <ClockTime at={at} focusable={false} className="shrink-0 text-xs text-muted" />
          <Link href={`#entry-${id}`} className="min-w-0 truncate text-ink underline-offset-2 hover:underline">
            {annotation ?? message}
          </Link>
        </li>
      ))}
    </ul>
  );
}
