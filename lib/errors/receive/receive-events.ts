import type { Context } from "@/lib/core/context";
import type { NormalEvent } from "../event";
import type { Destination } from "../projects/find-key";
import { errorWriterOf } from "../store/error-writer";
import { type EventRow, toEventRow } from "../store/event-row";
import { takeQuota } from "../store/quota";

/** A project sends more than it may: it is told when to go on. */
export class QuotaExceeded extends Error {
  override name = "QuotaExceeded";
  constructor(
    readonly project: string,
    readonly retryAfterSeconds: number,
  ) {
    super(quotaText(project, retryAfterSeconds));
  }
}

export const quotaText = (project: string, retryAfterSeconds: number): string =>
  `${project} sends more events a minute than it may; more are taken in ${retryAfterSeconds} s.`;

/** Events as a receiver read them. */
export interface Received {
  events: readonly NormalEvent[];
  /** What is wrong with those that could not be read. */
  faults: readonly string[];
}

/** Events on their way into the database. What they were read from is let go of: while they wait it would fill the memory. */
export interface Prepared {
  rows: readonly EventRow[];
  faults: readonly string[];
}

/**
 * Scrubs what a client sent, as far as its project may send it.
 * @throws QuotaExceeded
 */
export function prepareEvents(context: Context, destination: Destination, { events, faults }: Received): Prepared {
  const wait = takeQuota(context, destination, events.length);
  if (wait !== undefined) throw new QuotaExceeded(destination.name, wait);
  const now = context.now();
  return { rows: events.map((event) => toEventRow(destination, event, now)), faults };
}

/**
 * Stores what was prepared; one event that can't be stored costs the others nothing.
 * @returns the ids of what is stored, now or before, and what was wrong with the rest
 * @throws Problem overloaded when more waits than can be stored soon
 */
export async function storePrepared(
  context: Context,
  { rows, faults }: Prepared,
): Promise<{ ids: string[]; faults: string[] }> {
  const outcomes = await errorWriterOf(context).write(rows);
  const ids = rows.filter((_, i) => outcomes[i]?.result !== "refused").map(({ id }) => id);
  const refused = outcomes.flatMap(({ reason }, i) => (reason ? [`event ${rows[i]?.id}: ${reason}`] : []));
  return { ids, faults: [...faults, ...refused] };
}
