import { inflateSync } from "node:zlib";
import { z } from "zod";
import type { Context } from "@/lib/core/context";
import { EnvelopeFault, readEnvelopeHeaders } from "@/lib/errors/envelope/parse-envelope";
import { keyOfRequest } from "@/lib/errors/envelope/sentry-auth";
import { type Destination, knownKey } from "@/lib/errors/projects/find-key";
import { isFullOfErrors, turnToRead } from "@/lib/errors/receive/intake";
import { MAX_EVENT_BYTES, readEnvelope, readEvent } from "@/lib/errors/receive/read-envelope";
import {
  type Prepared,
  prepareEvents,
  QuotaExceeded,
  quotaText,
  type Received,
  storePrepared,
} from "@/lib/errors/receive/receive-events";
import { findSender } from "@/lib/errors/receive/sender";
import { quotaWait } from "@/lib/errors/store/quota";
import { overloaded, overloadedText } from "@/lib/metrics/writer/group-commit";
import type { ApiRequest } from "../api-request";
import { defineEndpoint, type Endpoint } from "../define-endpoint";
import { createHeldBody } from "../held-body";
import { textResponse } from "../known-body";
import { tooLong } from "../read-body";
import { type Failure, HttpFault, problemResponse } from "../respond";

/** Of a body, as it comes and unpacked: an event may come with its attachments and replays, which are passed over. */
const MAX_BYTES = 20 * 1024 * 1024;
/** Holds a body only as long as it is read: what becomes of it is smaller, and bounded where it waits. */
const readWithin = createHeldBody(MAX_BYTES);

const CORS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "POST, OPTIONS",
  "Access-Control-Allow-Headers":
    "Content-Type, X-Sentry-Auth, X-Requested-With, Origin, Accept, Authentication, Authorization, Content-Encoding, sentry-trace, baggage, X-CSRFToken",
  "Access-Control-Max-Age": "3600",
  "Access-Control-Expose-Headers": "x-sentry-error, x-sentry-rate-limits, retry-after",
  // A script of any page may read the answer: it has nothing but the id.
  "Cross-Origin-Resource-Policy": "cross-origin",
};

const shared = {
  method: "POST",
  idPattern: "\\d{1,9}",
  // The client shows a project's key, which is no API token and may stand in the body.
  scope: "public",
  tag: "Errors",
  headers: CORS,
  response: z.object({ id: z.string().optional() }),
  answerFailure,
  admit: (context: Context) => {
    if (isFullOfErrors(context)) throw overloaded("errors");
  },
  // In words alone: an Error would take as long to make, with its stack, as all the rest of the answer.
  refuse: (context: Context, { id, path, query, header }) => {
    const refused = (detail: string, headers: Record<string, string>) =>
      inSdksWords({ details: { status: 429, detail, instance: path }, headers });
    if (isFullOfErrors(context)) return refused(overloadedText("errors"), { "Retry-After": "1" });
    const key = keyOfRequest({ query: new URLSearchParams(query), header });
    const destination = key === undefined ? undefined : knownKey(context, key);
    const wait = destination?.id === Number(id) ? quotaWait(context, destination) : undefined;
    return destination && wait !== undefined
      ? refused(quotaText(destination.name, wait), limitHeaders(wait))
      : undefined;
  },
} as const satisfies Partial<Endpoint>;

export const sentry = [
  defineEndpoint({
    ...shared,
    path: "/api/{id}/envelope",
    summary: "Push an event as Sentry's SDKs do",
    description:
      "Sentry's envelope, as any SDK with this project's DSN sends it, also packed by gzip, deflate, br or (on Node from 22.15) zstd. Events are stored; items of other types are taken and passed over.",
    contentTypes: ["application/x-sentry-envelope"],
    handle: async (context, { params, request }) => {
      const key = keyOf(request);
      // Refused before the body is read, where the key stands outside it.
      const early = key === undefined ? undefined : await findOpen(context, params.id, { key });
      const read = async (bytes: Buffer) => {
        const { next, ...headers } = readHeaders(bytes);
        const destination = early ?? (await findOpen(context, params.id, { dsn: headers.dsn }));
        const { tooLarge, ...rest } = readEnvelope(context, bytes, {
          headers,
          from: next,
          address: addressOf(context),
        });
        if (tooLarge && rest.events.length === 0) throw tooLong(MAX_EVENT_BYTES);
        return { prepared: prepare(context, destination, rest), id: headers.eventId };
      };
      const { prepared, id } = await readWithin(request, read, () => turnToRead(context));
      return store(context, prepared, id);
    },
  }),
  defineEndpoint({
    ...shared,
    path: "/api/{id}/store",
    summary: "Push an event as Sentry's clients of old do",
    description: "One event as JSON, packed as an envelope may be, or in base64 of zlib.",
    contentTypes: ["application/json", "application/octet-stream"],
    handle: async (context, { params, request }) => {
      const destination = await findOpen(context, params.id, { key: keyOf(request) });
      const read = (bytes: Buffer) => {
        const payload = unwrap(bytes);
        if (payload.length > MAX_EVENT_BYTES) throw tooLong(MAX_EVENT_BYTES);
        const event = readEvent(payload, { now: context.now(), address: addressOf(context) });
        const faults = event ? [] : ["the event is no JSON object"];
        return prepare(context, destination, { events: event ? [event] : [], faults });
      };
      return store(context, await readWithin(request, read, () => turnToRead(context)));
    },
  }),
];

const addressOf = ({ actor }: Context): string | undefined => ("address" in actor ? actor.address : undefined);

const keyOf = (request: ApiRequest): string | undefined =>
  keyOfRequest({ query: new URL(request.url).searchParams, header: (name) => request.headers.get(name) });

/** The sender, as long as it is within its quota: what would be refused anyway is not read. */
async function findOpen(
  context: Context,
  id: string,
  given: { key?: string | undefined; dsn?: string | undefined },
): Promise<Destination> {
  const destination = await findSender(context, Number(id), given);
  const wait = quotaWait(context, destination);
  if (wait !== undefined) throw limited(new QuotaExceeded(destination.name, wait));
  return destination;
}

function readHeaders(bytes: Buffer) {
  try {
    return readEnvelopeHeaders(bytes);
  } catch (error) {
    if (!(error instanceof EnvelopeFault)) throw error;
    throw new HttpFault(400, `The body is no envelope: ${error.message}.`);
  }
}

/** Clients of old sent base64 of zlib, without a word of it. */
function unwrap(bytes: Buffer): Buffer {
  const text = bytes.toString("latin1").trimStart();
  if (text.startsWith("{") || !/^[\w+/=\s-]+$/.test(text)) return bytes;
  try {
    return inflateSync(Buffer.from(text, "base64"), { maxOutputLength: MAX_EVENT_BYTES });
  } catch (error) {
    if (error instanceof RangeError) throw tooLong(MAX_EVENT_BYTES);
    return bytes;
  }
}

function prepare(context: Context, destination: Destination, received: Received): Prepared {
  try {
    return prepareEvents(context, destination, received);
  } catch (error) {
    throw error instanceof QuotaExceeded ? limited(error) : error;
  }
}

/** @param given the envelope's own id, for one without an event */
async function store(context: Context, prepared: Prepared, given?: string): Promise<Response> {
  const { ids, faults } = await storePrepared(context, prepared);
  if (ids.length === 0 && faults.length > 0)
    throw new HttpFault(400, `Nothing was stored: ${faults.slice(0, 5).join("; ")}.`);
  const id = ids[0]?.replaceAll("-", "") ?? given;
  return textResponse(JSON.stringify(id === undefined ? {} : { id }), {
    status: 200,
    headers: {
      "Content-Type": "application/json",
      ...(faults.length > 0 && { "X-Sentry-Error": headerText(faults.join("; ")) }),
    },
  });
}

/** The SDK then drops errors for so long, and says nothing to its program. */
function limited({ message, retryAfterSeconds }: QuotaExceeded): HttpFault {
  return new HttpFault(429, message, limitHeaders(retryAfterSeconds));
}

const limitHeaders = (seconds: number): Record<string, string> => ({
  "Retry-After": String(seconds),
  "X-Sentry-Rate-Limits": `${seconds}:default;error;security:project:quota`,
});

function answerFailure(_: ApiRequest, failure: Failure): Response {
  const { details, headers } = inSdksWords(failure);
  return problemResponse(details, headers);
}

function inSdksWords({ details, headers }: Failure): Failure {
  const retryAfter = headers["Retry-After"];
  const limits: Record<string, string> =
    details.status === 429 && retryAfter !== undefined
      ? { "X-Sentry-Rate-Limits": `${retryAfter}::organization:overloaded` }
      : {};
  return { details, headers: { "X-Sentry-Error": headerText(details.detail), ...limits, ...headers } };
}

const headerText = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, 500);
