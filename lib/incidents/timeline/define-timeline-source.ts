import type { Pool } from "pg";

/** An incident as the sources of its timeline see it. */
export interface IncidentSpan {
  id: string;
  startedAt: Date;
  /** Its end, or now. */
  until: Date;
}

/** A line that a source brings. */
export interface SourceEntry {
  incidentId: string;
  /** What it is of its source: brought once. */
  ref: string;
  at: Date;
  /** Plain text. */
  message: string;
  /** Where the evidence is: a path within the dashboard. */
  link: string | null;
}

/** A kind of lines of timelines. */
export interface TimelineSource {
  /** Stored with each line: stays the same for all time. */
  id: string;
  /** What people read: "Alerts". */
  label: string;
  collect: (sql: Pick<Pool, "query">, spans: readonly IncidentSpan[]) => Promise<readonly SourceEntry[]>;
}

/** So many lines of one source are brought to one incident at a time, the earliest first. */
export const MAX_ENTRIES = 200;

/** `spans` as a table of a statement; its values are `spanValues`. */
export const SPANS = `unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) AS i(id, started_at, until)`;

export const spanValues = (spans: readonly IncidentSpan[]): unknown[] => [
  spans.map(({ id }) => id),
  spans.map(({ startedAt }) => startedAt.toISOString()),
  spans.map(({ until }) => until.toISOString()),
];

/**
 * Defines a source of timelines: one file in lib/incidents/timeline/sources, one line in its index; the contract test of the
 * registry runs over it. It is asked again and again for the same incidents: what it answers twice is kept once, by its `ref`.
 * It reads few rows whatever an incident's length, by an index.
 */
export const defineTimelineSource = (source: TimelineSource): TimelineSource => source;
