import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";

/** A request's body as a web stream that is read only as fast as it is consumed. */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = incoming[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    // Not destroyed: the answer (413, say) still has to go out on the same connection.
    cancel: () => void incoming.resume(),
  });
}

/** A malformed Host header must not make the address unparsable. */
function originHost(host: string | undefined): string {
  return host && /^[\w.\-:[\]]+$/.test(host) ? host : "localhost";
}

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
  const init: RequestInit & { duplex?: "half" } = { method, headers, signal: abort.signal };
  if (method !== "GET" && method !== "HEAD") Object.assign(init, { body: bodyOf(incoming), duplex: "half" });
  return new Request(`http://${originHost(incoming.headers.host)}${incoming.url ?? "/"}`, init);
}

/**
 * Writes a web `Response` to a node:http response; a stream goes on until one side ends it.
 * @throws what the body's stream throws; the node:http response is then the caller's to end
 */
export async function sendResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
  if (!response.body || outgoing.req.method === "HEAD") {
    outgoing.end();
    return;
  }
  const reader = response.body.getReader();
  // Cancelling a body that broke is refused with what broke it, and that was already thrown below.
  const closed = once(outgoing, "close")
    .then(() => reader.cancel())
    .catch(() => undefined);
  for (;;) {
    const { done, value } = await reader.read();
    if (done || outgoing.destroyed) break;
    if (!outgoing.write(value)) await Promise.race([once(outgoing, "drain"), closed]);
  }
  outgoing.end();
}
