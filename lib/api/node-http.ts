import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";

/** A node:http request as the web `Request` that every receiver takes. Its signal aborts when the client goes away. */
export function toRequest(incoming: IncomingMessage, outgoing: ServerResponse): Request {
  const abort = new AbortController();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) abort.abort(new Error("the client went away"));
  });
  const headers = new Headers();
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i] ?? "", incoming.rawHeaders[i + 1] ?? "");
  }
  const method = incoming.method ?? "GET";
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(`http://${originHost(incoming.headers.host)}${incoming.url ?? "/"}`, {
    method,
    headers,
    signal: abort.signal,
    ...(hasBody ? { body: Readable.toWeb(incoming), duplex: "half" } : {}),
  });
}

/** A malformed Host header must not make the address unparsable. */
function originHost(host: string | undefined): string {
  return host && /^[\w.\-:[\]]+$/.test(host) ? host : "localhost";
}

/** Writes a web `Response` to a node:http response; a stream goes on until one side ends it. */
export async function sendResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
  if (!response.body || outgoing.req.method === "HEAD") {
    outgoing.end();
    return;
  }
  // node's and the DOM's types of the same stream differ in name only.
  const stream = Readable.fromWeb(response.body satisfies globalThis.ReadableStream as ReadableStream);
  outgoing.once("close", () => stream.destroy());
  stream.on("error", () => outgoing.destroy());
  stream.pipe(outgoing);
}
