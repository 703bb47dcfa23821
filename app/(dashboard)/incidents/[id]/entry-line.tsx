import { EyeOff, Globe, Pin, StickyNote, type LucideIcon } from "lucide-react";
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
        <div className="flex items-start gap-x-2">
          <div className="flex min-h-6 min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
            <span className={isUpdate ? "font-medium text-ink" : "sm:w-28 sm:self-start sm:leading-6"}>
              {isUpdate ? (authorName ?? "Watchkeeper") : word}
            </span>
            {isUpdate ? null : (
              <p className="w-full min-w-0 text-sm break-words text-ink sm:w-auto sm:flex-1 sm:py-0.5">
                {message} {link ? <Evidence href={link} of={message} /> : null}
              </p>
            )}
            {status && isUpdate ? <IncidentStatusBadge status={status} /> : null}
            {isPinned ? <Mark icon={Pin}>pinned</Mark> : null}
            <Audience entry={entry} isPublic={isPublic} />
          </div>
          <span className="flex h-6 shrink-0 items-center gap-1 text-xs whitespace-nowrap text-muted">
            <ClockTime at={at} />
            <span className="hidden sm:inline">
              · <RelativeTime at={at} focusable={false} />
            </span>
            {mayEdit ? <EntryTools entry={entry} /> : null}
          </span>
        </div>
        {isUpdate ? <Markdown text={message} className="text-sm text-ink" /> : null}
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

function Evidence({ href, of }: { href: string; of: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-label={`Evidence: ${of}`}
      className="font-medium whitespace-nowrap text-accent underline underline-offset-2"
    >
      Evidence
    </Link>
  );
}

function Mark({ icon: Icon, children }: { icon: LucideIcon; children: string }) {
  return (
    <span className="flex items-center gap-1">
      <Icon aria-hidden size={12} />
      {children}
    </span>
  );
}

/** Said where it is not what one would think: an update that only people here read, anything else that the public reads too. */
function Audience({ entry: { source, isPublic: isShown }, isPublic }: Pick<EntryLineProps, "entry" | "isPublic">) {
  if (isShown && (isPublic || source !== "update")) return <Mark icon={Globe}>public</Mark>;
  return source === "update" && !isShown ? <Mark icon={EyeOff}>internal</Mark> : null;
}
