import type { Context } from "@/lib/core/context";
import { EnvelopeFault, type EnvelopeHeaders, readItems } from "../envelope/parse-envelope";
import type { NormalEvent } from "../event";
import { normaliseEvent } from "../normalise/normalise-event";
import type { Received } from "./receive-events";

/** Of one event: the protocol's own limit. */
export const MAX_EVENT_BYTES = 1024 * 1024;
/** Most events of an envelope; the protocol has one. */
const MAX_EVENTS = 100;

interface Frame {
  headers: EnvelopeHeaders;
  /** Where the first item begins. */
  from: number;
  address?: string | undefined;
}

/**
 * The events of an envelope. Items of other types are passed over: sessions, transactions, replays and whatever comes to be.
 * What is broken is named; what comes before it is good.
 */
export function readEnvelope(
  { now }: Pick<Context, "now">,
  bytes: Buffer,
  { headers, from, address }: Frame,
): Received & { tooLarge: boolean } {
  const events: NormalEvent[] = [];
  const faults: string[] = [];
  let tooLarge = false;
  try {
    for (const { type, payload } of readItems(bytes, from)) {
      if (type !== "event") continue;
      if (payload.length > MAX_EVENT_BYTES) {
        tooLarge = true;
        faults.push(`an event has ${payload.length} bytes, more than ${MAX_EVENT_BYTES}`);
        continue;
      }
      // The envelope's id is that of its event; a second event has its own.
      const eventId = events.length === 0 ? headers.eventId : undefined;
      const event = readEvent(payload, { now: now(), eventId, address });
      if (event) events.push(event);
      else faults.push("an event is no JSON object");
      if (events.length >= MAX_EVENTS) break;
    }
  } catch (error) {
    if (!(error instanceof EnvelopeFault)) throw error;
    faults.push(error.message);
  }
  return { events, faults, tooLarge };
}

/** One event's JSON. @returns undefined when it is none */
export function readEvent(payload: Buffer, received: Parameters<typeof normaliseEvent>[1]): NormalEvent | undefined {
  try {
    return normaliseEvent(JSON.parse(payload.toString("utf8")), { ...received, size: payload.length });
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
