import type { EventData, EventUser } from "../event";
import { asFields, asPairs, asText, bounded, boundedFields, fieldOf, isFields } from "./read-values";

const MAX_PAIRS = 100;

/** What the program was asked for when it broke. Pure. */
export function readRequest(value: unknown): EventData["request"] {
  if (!isFields(value)) return undefined;
  const data = fieldOf(value, "data");
  const url = asText(fieldOf(value, "url"), 4_096);
  return {
    url: url?.split("?")[0],
    method: asText(fieldOf(value, "method"), 20),
    query: listOrNone(readQuery(fieldOf(value, "query_string"), url)),
    headers: listOrNone(asPairs(fieldOf(value, "headers"), MAX_PAIRS, 200, 4_096)),
    cookies: listOrNone(readCookies(fieldOf(value, "cookies"))),
    data: data === undefined || data === null ? undefined : bounded(readBody(data)),
    env: boundedFields(fieldOf(value, "env"), { depth: 3, keys: 50 }),
  };
}

const listOrNone = (pairs: [string, string][]) => (pairs.length > 0 ? pairs : undefined);

function readQuery(value: unknown, url: string | undefined): [string, string][] {
  if (typeof value !== "string" && value !== undefined && value !== null) return asPairs(value, MAX_PAIRS, 200, 2_048);
  const text = typeof value === "string" && value !== "" ? value.replace(/^\?/, "") : url?.split("?")[1]?.split("#")[0];
  return text === undefined ? [] : asPairs([...new URLSearchParams(text.slice(0, 20_000))], MAX_PAIRS, 200, 2_048);
}

function readCookies(value: unknown): [string, string][] {
  if (typeof value !== "string") return asPairs(value, MAX_PAIRS, 200, 4_096);
  const parts = value.split(/;\s*/).map((part) => {
    const [name = "", ...rest] = part.split("=");
    return [name.trim(), rest.join("=")];
  });
  return asPairs(parts, MAX_PAIRS, 200, 4_096);
}

/** A JSON body that came as its text is looked into, so that its fields can be scrubbed by their names. */
function readBody(data: unknown): unknown {
  if (typeof data !== "string" || !/^\s*[[{]/.test(data)) return data;
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}

const USER_FIELDS = new Set(["id", "email", "username", "ip_address", "ipAddress"]);

/**
 * Who met the error. Pure.
 * @param address of the client that sent the event: what `{{auto}}` stands for
 */
export function readUser(value: unknown, address: string | undefined): EventUser | undefined {
  const fields = asFields(value);
  const given = asText(fieldOf(fields, "ip_address"), 64);
  const others = Object.fromEntries(Object.entries(fields).filter(([key]) => !USER_FIELDS.has(key)));
  const user = {
    id: asText(fieldOf(fields, "id"), 200),
    email: asText(fieldOf(fields, "email"), 200),
    username: asText(fieldOf(fields, "username"), 200),
    ipAddress: given === "{{auto}}" ? address : given,
    data: boundedFields(others, { depth: 4, keys: 50 }),
  };
  return Object.values(user).some((value) => value !== undefined) ? user : undefined;
}
