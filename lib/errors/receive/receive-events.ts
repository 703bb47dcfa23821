import type { Context } from "@/lib/core/context";
import type { NormalEvent } from "../event";
import type { Destination } from "../projects/find-key";
import { storeEvents } from "../store/store-events";
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

/**
 * Stores what a client sent; one event that can't be stored costs the others nothing.
 * @returns the ids of what is stored, now or before, and what was wrong with the rest
 * @throws QuotaExceeded; Problem overloaded when more waits than can be stored soon
 */
export async function receiveEvents(
  context: Context,
  destination: Destination,
  { events, faults }: Received,
): Promise<{ ids: string[]; faults: string[] }> {
  const wait = takeQuota(context, destination, events.length);
  if (wait !== undefined) throw new QuotaExceeded(destination.name, wait);
  const outcomes = await storeEvents(context, destination, events);
  const ids = events.filter((_, i) => outcomes[i]?.result !== "refused").map(({ id }) => id);
  const refused = outcomes.flatMap(({ reason }, i) => (reason ? [`event ${events[i]?.id}: ${reason}`] : []));
  return { ids, faults: [...faults, ...refused] };
}
