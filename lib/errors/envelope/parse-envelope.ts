import { z } from "zod";
import { isFields } from "../normalise/read-values";

/**
 * Sentry's envelope (https://develop.sentry.dev/sdk/foundations/transport/envelope):
 * `Envelope = Headers { "\n" Item } [ "\n" ]`, `Item = Headers "\n" Payload`, over bytes. Nothing is copied: payloads are
 * views of the request's own bytes.
 */

/** Most bytes of a line of headers; a trace's baggage may take some. */
const MAX_HEADER_BYTES = 32 * 1024;
/** Most items of an envelope; SDKs send a handful. */
const MAX_ITEMS = 1_000;

const NEWLINE = 0x0a;

/** What is no envelope: the message says what and where. */
export class EnvelopeFault extends Error {
  override name = "EnvelopeFault";
}

// What a client means well but writes oddly costs the header, not the event.
const optionalText = z.string().max(2_000).optional().catch(undefined);
const envelopeHeaders = z.looseObject({ event_id: optionalText, dsn: optionalText, sent_at: optionalText });
const itemHeaders = z.looseObject({ type: z.string(), length: z.int().min(0).nullish() });
const anyHeaders = z.custom<Record<string, unknown>>(isFields);

export interface EnvelopeHeaders {
  eventId: string | undefined;
  dsn: string | undefined;
}

export interface EnvelopeItem {
  type: string;
  payload: Buffer;
}

interface Line {
  bytes: Buffer;
  /** Where the next one begins. */
  next: number;
}

/** The bytes up to the next newline or the end. */
function lineAt(bytes: Buffer, from: number): Line {
  const end = bytes.indexOf(NEWLINE, from);
  return end === -1
    ? { bytes: bytes.subarray(from), next: bytes.length }
    : { bytes: bytes.subarray(from, end), next: end + 1 };
}

function readHeaders(line: Buffer, what: string): Record<string, unknown> {
  if (line.length > MAX_HEADER_BYTES) throw new EnvelopeFault(`${what} are longer than ${MAX_HEADER_BYTES} bytes`);
  const parsed = anyHeaders.safeParse(parseJson(line));
  if (!parsed.success) throw new EnvelopeFault(`${what} are no JSON object on one line`);
  return parsed.data;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

/**
 * The envelope's own headers, before any item is looked at.
 * @throws EnvelopeFault
 */
export function readEnvelopeHeaders(bytes: Buffer): EnvelopeHeaders & { next: number } {
  const line = lineAt(bytes, 0);
  const { event_id: eventId, dsn } = envelopeHeaders.parse(readHeaders(line.bytes, "the envelope's headers"));
  return { eventId, dsn, next: line.next };
}

/**
 * The items, one after the other: those before a broken one are good.
 * @param from where the first begins: `next` of readEnvelopeHeaders
 * @throws EnvelopeFault at the first that is broken
 */
export function* readItems(bytes: Buffer, from: number): Generator<EnvelopeItem> {
  let at = from;
  for (let number = 1; ; number += 1) {
    // An envelope may end in a newline, and senders of some age put one more between two items.
    while (bytes[at] === NEWLINE) at += 1;
    if (at >= bytes.length) return;
    if (number > MAX_ITEMS) throw new EnvelopeFault(`there are more than ${MAX_ITEMS} items`);
    const line = lineAt(bytes, at);
    const what = `the headers of item ${number}`;
    const headers = itemHeaders.safeParse(readHeaders(line.bytes, what));
    if (!headers.success) throw new EnvelopeFault(`${what} need a type, and a length in whole bytes if they have one`);
    const { type, length } = headers.data;
    const payload = typeof length === "number" ? payloadOf(bytes, line.next, length, number) : lineAt(bytes, line.next);
    yield { type, payload: payload.bytes };
    at = payload.next;
  }
}

function payloadOf(bytes: Buffer, from: number, length: number, number: number): Line {
  const end = from + length;
  if (end > bytes.length)
    throw new EnvelopeFault(`item ${number} announces ${length} bytes where ${bytes.length - from} are left`);
  if (end < bytes.length && bytes[end] !== NEWLINE)
    throw new EnvelopeFault(`item ${number} goes on after the ${length} bytes that it announces`);
  return { bytes: bytes.subarray(from, end), next: Math.min(bytes.length, end + 1) };
}
