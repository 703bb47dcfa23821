import type { Context } from "@/lib/core/context";
import type { NormalEvent } from "../event";
import type { Destination } from "../projects/find-key";
import { errorWriterOf } from "./error-writer";
import { type EventOutcome, toEventRow } from "./event-row";

/**
 * Stores events of a project: the one way in, for every receiver and for the product's own errors. They are scrubbed before;
 * what is answered is committed. Who calls has shown the project's key, or may write its errors.
 * @returns what became of each, in their order; the same event again changes nothing
 * @throws Problem overloaded when more waits than can be stored soon
 */
export async function storeEvents(
  context: Context,
  destination: Pick<Destination, "id" | "scrub">,
  events: readonly NormalEvent[],
): Promise<EventOutcome[]> {
  const now = context.now();
  return errorWriterOf(context).write(events.map((event) => toEventRow(destination, event, now)));
}
