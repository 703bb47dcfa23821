import { randomUUID } from "node:crypto";
import { type Breadcrumb, type EventData, type Level, type NormalEvent } from "../event";
import { fitEvent } from "./fit-event";
import { readExceptions } from "./read-exceptions";
import { readFrames } from "./read-frames";
import { readRequest, readUser } from "./read-request";
import { readTime } from "./read-time";
import { asFields, asPairs, asText, asValues, boundedFields, fieldOf, type Fields, isFields } from "./read-values";

const MAX_MESSAGE = 8_192;
const MAX_TAGS = 100;
const MAX_BREADCRUMBS = 100;
const MAX_FINGERPRINT = 20;

const LEVEL_WORDS: ReadonlyMap<string, Level> = new Map([
  ["trace", "debug"],
  ["debug", "debug"],
  ["log", "info"],
  ["info", "info"],
  ["notice", "info"],
  ["warn", "warning"],
  ["warning", "warning"],
  ["error", "error"],
  ["critical", "fatal"],
  ["fatal", "fatal"],
]);

export const readLevel = (value: unknown): Level =>
  LEVEL_WORDS.get(typeof value === "string" ? value.toLowerCase() : "") ?? "error";

interface Received {
  now: Date;
  /** Of the envelope: wins over the payload's. */
  eventId?: string | undefined;
  /** The length of its JSON: what came small is not measured again. */
  size?: number | undefined;
  /** Of the client, for a user's `{{auto}}`. */
  address?: string | undefined;
}

/**
 * An event of whatever SDK in the product's form: tolerant of every shape that the protocol has had, bounded in depth, width
 * and length. Pure but for the id of an event that has none.
 * @param payload what the item's JSON was read to
 * @returns undefined when it is no object
 */
export function normaliseEvent(payload: unknown, { now, eventId, size, address }: Received): NormalEvent | undefined {
  if (!isFields(payload)) return undefined;
  const text = (name: string, max = 200) => asText(fieldOf(payload, name), max);
  const platform = text("platform", 40) ?? "";
  const contexts = readContexts(fieldOf(payload, "contexts"));
  const occurredAt = readTime(fieldOf(payload, "timestamp")) ?? now;
  const sdk = asFields(fieldOf(payload, "sdk"));
  const data = {
    platform,
    logger: text("logger"),
    serverName: text("server_name"),
    transaction: text("transaction", 512) ?? asText(fieldOf(payload, "culprit"), 512),
    dist: text("dist"),
    sdk: isFields(fieldOf(payload, "sdk"))
      ? { name: asText(fieldOf(sdk, "name"), 100) ?? "", version: asText(fieldOf(sdk, "version"), 100) ?? "" }
      : undefined,
    message: readMessage(payload),
    exceptions: readExceptions(payload, platform),
    fingerprint: readFingerprint(fieldOf(payload, "fingerprint")),
    tags: asPairs(fieldOf(payload, "tags"), MAX_TAGS, 200, 200),
    user: readUser(fieldOf(payload, "user"), address),
    request: readRequest(fieldOf(payload, "request")),
    contexts,
    breadcrumbs: readBreadcrumbs(fieldOf(payload, "breadcrumbs")),
    extra: boundedFields(fieldOf(payload, "extra")) ?? {},
    modules: readModules(fieldOf(payload, "modules")),
  };
  return {
    id: toUuid(eventId) ?? toUuid(fieldOf(payload, "event_id")) ?? randomUUID(),
    // A clock that is ahead must not put events where no page looks.
    occurredAt: occurredAt > now ? now : occurredAt,
    level: readLevel(fieldOf(payload, "level")),
    release: text("release") ?? "",
    environment: text("environment") ?? "",
    traceId: readTraceId(contexts["trace"]?.["trace_id"]),
    data: fitEvent(withMessageFrames(data, payload, platform), size),
  };
}

const readTraceId = (value: unknown): string | null => toUuid(value)?.replaceAll("-", "") ?? null;

/** 32 hex digits, with hyphens or without. */
export function toUuid(value: unknown): string | undefined {
  const hex = typeof value === "string" ? value.replaceAll("-", "").toLowerCase() : "";
  if (!/^[0-9a-f]{32}$/.test(hex)) return undefined;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** `logentry`, or `message` as a text or an object; the template is what it was before values were filled in. */
function readMessage(event: Fields): EventData["message"] {
  for (const name of ["logentry", "sentry.interfaces.Message", "message"]) {
    const value = fieldOf(event, name);
    const template = asText(isFields(value) ? fieldOf(value, "message") : value, MAX_MESSAGE);
    const text = (isFields(value) ? asText(fieldOf(value, "formatted"), MAX_MESSAGE) : undefined) ?? template;
    if (text !== undefined) return template === undefined || template === text ? { text } : { text, template };
  }
  return undefined;
}

/** A message may have a stack too (`attachStacktrace`); it does not group by it. */
function withMessageFrames(data: EventData, event: Fields, platform: string): EventData {
  if (data.exceptions.length > 0 || !data.message) return data;
  const [thread] = asValues(fieldOf(event, "threads")).map(asFields);
  const frames = readFrames(fieldOf(event, "stacktrace") ?? fieldOf(thread ?? {}, "stacktrace"), platform);
  return frames.length === 0 ? data : { ...data, messageFrames: frames };
}

function readFingerprint(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MAX_FINGERPRINT).flatMap((part: unknown) => asText(part, 512) ?? []);
}

function readContexts(value: unknown): EventData["contexts"] {
  const entries = Object.entries(boundedFields(value, { depth: 6, keys: 50 }) ?? {});
  return Object.fromEntries(entries.filter((entry): entry is [string, Record<string, unknown>] => isFields(entry[1])));
}

function readBreadcrumbs(value: unknown): Breadcrumb[] {
  const values = asValues(value).filter(isFields);
  return values.slice(-MAX_BREADCRUMBS).map((fields) => {
    const text = (name: string, max = 100) => asText(fieldOf(fields, name), max);
    return {
      at: readTime(fieldOf(fields, "timestamp"))?.toISOString(),
      category: text("category"),
      type: text("type"),
      level: text("level"),
      message: text("message", 2_048),
      data: boundedFields(fieldOf(fields, "data"), { depth: 4, keys: 50, list: 20, text: 2_048 }),
    };
  });
}

function readModules(value: unknown): Record<string, string> | undefined {
  const pairs = asPairs(value, 500, 200, 100);
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
}
