import type { IncomingHttpHeaders } from "node:http";
import { NetworkFailure } from "./network-errors";

/** One request of a chain of redirects. */
export interface Hop {
  url: URL;
  method: string;
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** What may go to another origin: it carries no secret. */
const HARMLESS_HEADERS = /^(accept|accept-.*|content-type|user-agent)$/i;

/**
 * The request that an answer asks for, or undefined when it is the last one. Pure.
 * Headers that may hold secrets stay with the origin that they were meant for.
 * @param visited the chain so far; its last is the one that was answered
 * @throws NetworkFailure for a loop, too many redirects, or a target that is not http
 */
export function nextHop(
  { status, headers }: { status: number; headers: IncomingHttpHeaders },
  visited: readonly Hop[],
  maxRedirects: number,
): Hop | undefined {
  const hop = visited.at(-1);
  if (!hop || maxRedirects === 0 || !REDIRECTS.has(status) || !headers.location) return undefined;
  const url = URL.canParse(headers.location, hop.url) ? new URL(headers.location, hop.url) : undefined;
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new NetworkFailure("it redirects to what is not an http address");
  }
  // Browsers do the same: a form that was posted is answered by a page to get.
  const becomesGet = status === 303 ? hop.method !== "HEAD" : status < 303 && hop.method === "POST";
  const method = becomesGet ? "GET" : hop.method;
  if (visited.some((earlier) => earlier.url.href === url.href && earlier.method === method)) {
    throw new NetworkFailure(
      `it redirects in a loop: ${[...visited.map((one) => one.url), url].map(displayUrl).join(" → ")}`,
    );
  }
  if (visited.length > maxRedirects) throw new NetworkFailure(`too many redirects (limit ${maxRedirects})`);
  const kept = url.origin === hop.url.origin ? hop.headers : harmless(hop.headers);
  return { url, method, headers: kept, body: becomesGet ? undefined : hop.body };
}

function harmless(headers: Hop["headers"]): Hop["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS_HEADERS.test(name)));
}

/** A URL for messages: without user name and password; a query may hold keys, so only that there is one is shown. */
export function displayUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}${url.search === "" ? "" : "?…"}`;
}
