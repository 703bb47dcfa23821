import { EyeOff, Globe, Pin, StickyNote } from "lucide-react";
import Link from "next/link";
import { classNames } from "@/app/_components/class-names";
import { IncidentStatusBadge } from "@/app/_components/incident-badge";
import { Markdown } from "@/app/_components/markdown";
import { ClockTime, RelativeTime } from "@/app/_components/relative-time";
import type { TimelineEntry } from "@/lib/incidents/get-incident";
import { sourceLook } from "./entry-sources";
import { EntryTools } from "./entry-tools";

interface EntryLineProps {
  entry: TimelineEntry;
  /** The incident is on the status page. */
  isPublic: boolean;
  mayEdit: boolean;
}

/** One line of the timeline: what brought it, what it says, where the evidence is, and what people added to it. */
export function EntryLine({ entry, isPublic, mayEdit }: EntryLineProps) {
  const { id, source, at, status, message, link, annotation, authorName, isPinned } = entry;
  const { word, icon: Icon } = sourceLook(source);
  const isUpdate = source === "update";
  return (
    <li
      id={`entry-${id}`}
      className="appear grid scroll-mt-20 grid-cols-[auto_minmax(0,1fr)] gap-x-3 rounded-md py-2.5 target:bg-accent-soft"
    >
      <span
        aria-hidden
        className={classNames(
          "grid size-6 place-items-center rounded-full",
          isUpdate ? "bg-ink text-canvas" : "bg-sunken text-muted",
        )}
      >
        <Icon size={14} />
      </span>
      <div className="grid min-w-0 gap-1">
        <div className="flex min-h-6 flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
          <span className={isUpdate ? "font-medium text-ink" : undefined}>
            {isUpdate ? (authorName ?? "Watchkeeper") : word}
          </span>
          {status ? <IncidentStatusBadge status={status} /> : null}
          {isPinned ? (
            <span className="flex items-center gap-1">
              <Pin aria-hidden size={12} />
              pinned
            </span>
          ) : null}
          <Audience entry={entry} isPublic={isPublic} />
          <span className="ml-auto flex shrink-0 items-center gap-1 whitespace-nowrap">
            <ClockTime at={at} />
            <span className="hidden sm:inline">
              · <RelativeTime at={at} focusable={false} />
            </span>
            {mayEdit ? <EntryTools entry={entry} /> : null}
          </span>
        </div>
        {isUpdate ? (
          <Markdown text={message} className="text-sm text-ink" />
        ) : (
          <p className="text-sm break-words text-ink">
            {message}
            {link ? (
              <>
                {" "}
                <Link
                  href={link}
                  prefetch={false}
                  aria-label={`Evidence: ${message}`}
                  className="font-medium whitespace-nowrap text-accent underline underline-offset-2"
                >
                  Evidence
                </Link>
              </>
            ) : null}
          </p>
        )}
        {annotation ? (
          <p className="flex items-start gap-1.5 border-l-2 border-caution-line pl-2 text-xs text-muted">
            <StickyNote aria-hidden size={14} className="mt-px shrink-0" />
            <span className="min-w-0 break-words whitespace-pre-wrap text-ink">{annotation}</span>
          </p>
        ) : null}
      </div>
    </li>
  );
}

/** Said where it is not what one would think: an update that only people here read, anything else that the public reads too. */
function Audience({ entry: { source, isPublic: isShown }, isPublic }: Pick<EntryLineProps, "entry" | "isPublic">) {
  if (isShown && (isPublic || source !== "update")) {
    return (
      <span className="flex items-center gap-1">
        <Globe aria-hidden size={12} />
        public
      </span>
    );
  }
  if (source !== "update" || isShown) return null;
  return (
    <span className="flex items-center gap-1">
      <EyeOff aria-hidden size={12} />
      internal
    </span>
  );
}
