import type { ApiRequest } from "@/lib/api/api-request";
import { bytesResponse, textResponse } from "@/lib/api/known-body";
import { problemResponse } from "@/lib/api/respond";
import type { Representation } from "./edition";
import { html } from "./html";
import { chooseEncoding, isKnown } from "./negotiate";
import { renderDocument } from "./render-layout";
import { DEFAULT_SETTINGS } from "./settings";
import type { StatusKeeper } from "./status-keeper";

/** Short, so that what changes is seen; an old one is better than none while a new one is fetched, or cannot be. */
const CACHE = "public, max-age=10, stale-while-revalidate=60, stale-if-error=86400";
const CACHE_LAST_KNOWN = "public, max-age=5, stale-if-error=86400";
const RETRY_SECONDS = "10";
const METHODS = "GET, HEAD, OPTIONS";

/** The pages and the feed; the JSON stands among the API's endpoints (lib/api/endpoints/public-status.ts). Pure. */
export const isStatusPath = (path: string): boolean => path === "/status" || path.startsWith("/status/");

/** Answers a path of the public page, or of its JSON, from memory. It is everybody's: nobody is asked who they are. */
export async function answerStatus(keeper: StatusKeeper, request: ApiRequest): Promise<Response> {
  const { pathname } = new URL(request.url);
  const path = pathname.length > 1 && pathname.endsWith("/") ? pathname.slice(0, -1) : pathname;
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: { Allow: METHODS } });
  if (request.method !== "GET" && request.method !== "HEAD")
    return refuse(path, 405, "This page can only be read.", { Allow: METHODS });
  const shown = await keeper.current();
  if (shown.kind === "off") return refuse(path, 404, "There is no status page here.");
  if (shown.kind === "none")
    return refuse(path, 503, "The state cannot be read now, and none was kept from before. Please try again soon.", {
      "Retry-After": RETRY_SECONDS,
    });
  const found = shown.edition.find(path);
  if (!found) return refuse(path, 404, "There is nothing here.");
  return deliver(found, request, shown.isLastKnown ? CACHE_LAST_KNOWN : CACHE);
}

async function deliver(found: Representation, request: ApiRequest, cache: string): Promise<Response> {
  const encoding = chooseEncoding(request.headers.get("accept-encoding"));
  const etag = `"${found.tag}-${encoding}"`;
  const shared = {
    ...SECURITY,
    ...found.headers,
    ETag: etag,
    "Cache-Control": cache,
    Vary: "Accept-Encoding",
  };
  if (isKnown(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers: shared });
  const coded: Record<string, string> = encoding === "identity" ? {} : { "Content-Encoding": encoding };
  const headers = { ...shared, ...coded, "Content-Type": found.contentType };
  return bytesResponse(await found.bytes(encoding), { headers });
}

const SECURITY = { "X-Content-Type-Options": "nosniff" };

const TITLES: Record<number, string> = { 404: "Not found", 405: "Not possible", 503: "State unknown" };

/** A page for people, a problem for programs. */
function refuse(path: string, status: number, detail: string, headers: Record<string, string> = {}): Response {
  const shared = { ...SECURITY, "Cache-Control": "no-store", ...headers };
  if (path.startsWith("/api/")) return problemResponse({ status, detail, instance: path }, shared);
  const title = TITLES[status] ?? "Error";
  const { text, policy } = renderDocument({
    title,
    accent: DEFAULT_SETTINGS.accent,
    body: html`<header class="head"><h1>${title}</h1></header>
      <main>
        <p>${detail}</p>
        ${status === 404 && path !== "/status" ? html`<p><a href="/status">Status page</a></p>` : null}
      </main>`,
  });
  return textResponse(text, {
    status,
    headers: { ...shared, "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy },
  });
}
