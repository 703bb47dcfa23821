import type { TimelineEntry } from "@/lib/incidents/get-incident";

const SHOWN = 100;

/** What is shown of a timeline, the newest first. */
export interface TimelineView {
  show: "all" | "updates";
  entries: TimelineEntry[];
  pinned: TimelineEntry[];
  /** Older ones that are left out until somebody asks. */
  older: number;
  counts: { all: number; updates: number };
}

/** @param show @param entries of the address. Pure. */
export function timelineView(
  timeline: readonly TimelineEntry[],
  show: string | undefined,
  entries: string | undefined,
): TimelineView {
  const updates = timeline.filter(({ source }) => source === "update");
  const isUpdates = show === "updates";
  const wanted = (isUpdates ? updates : timeline).toReversed();
  const shown = entries === "all" ? wanted : wanted.slice(0, SHOWN);
  return {
    show: isUpdates ? "updates" : "all",
    entries: shown,
    pinned: timeline.filter(({ isPinned }) => isPinned),
    older: wanted.length - shown.length,
    counts: { all: timeline.length, updates: updates.length },
  };
}
