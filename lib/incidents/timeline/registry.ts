import type { TimelineSource } from "./define-timeline-source";
import * as sources from "./sources";

/** Every source of timelines. */
export const TIMELINE_SOURCES: readonly TimelineSource[] = Object.values(sources);
