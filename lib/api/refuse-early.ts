import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "@/lib/core/context";
import type { Endpoint } from "./define-endpoint";
import { createMatcher } from "./match";
import { COMMON_HEADERS, problemText } from "./respond";

/**
 * Answers requests that an endpoint refuses by what is in memory alone, before anything else is done with them: in a flood
 * what is refused must not wait for what is accepted, nor cost as much. The body is not read; node:http throws away what
 * still comes of it, so that the answer reaches a client that is still sending.
 * @returns whether it was answered
 */
export function createEarlyRefusal(
  endpoints: readonly Endpoint[],
): (context: Context, incoming: IncomingMessage, outgoing: ServerResponse) => boolean {
  const match = createMatcher(endpoints.filter(({ refuse }) => refuse));
  const fixed = new Map(
    endpoints.map((endpoint) => [
      endpoint,
      Object.entries({ ...endpoint.headers, ...COMMON_HEADERS, "Content-Type": "application/problem+json" }).flat(),
    ]),
  );
  return (context, { method, url = "/", headers }, outgoing) => {
    const at = url.indexOf("?");
    const path = at === -1 ? url : url.slice(0, at);
    const found = match(path);
    const endpoint = found?.endpoints.find((candidate) => candidate.method === method);
    if (!found || !endpoint?.refuse) return false;
    const header = (name: string): string | null => {
      const value = headers[name];
      return typeof value === "string" ? value : null;
    };
    const failure = endpoint.refuse(context, { id: found.id, path, query: at === -1 ? "" : url.slice(at + 1), header });
    if (!failure) return false;
    const text = problemText(failure.details);
    const head = [...(fixed.get(endpoint) ?? []), "Content-Length", String(Buffer.byteLength(text))];
    for (const [name, value] of Object.entries(failure.headers)) head.push(name, value);
    outgoing.writeHead(failure.details.status, head);
    outgoing.end(text);
    return true;
  };
}
