import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApiRequest } from "./api-request";
import { knownBody } from "./known-body";

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

/** Reads a request's body into memory; undefined past so many bytes. */
function collect(incoming: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, fail) => {
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on("data", (chunk: Buffer) => {
      length += chunk.byteLength;
      if (length <= maxBytes) return void chunks.push(chunk);
      chunks.length = 0;
      resolve(undefined);
    });
    incoming.once("end", () => {
      resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
      // The request outlives its body: until it is answered.
      chunks.length = 0;
    });
    incoming.once("error", fail);
    incoming.once("close", () => fail(new Error("the body ended early")));
  });
}

/** A node:http request as the API takes it. What costs something is made when it is asked for. */
export function toRequest(incoming: IncomingMessage, outgoing: ServerResponse): ApiRequest {
  const method = incoming.method ?? "GET";
  const { headers } = incoming;
  let abort: AbortController | undefined;
  let body: ReadableStream<Uint8Array> | null | undefined;
  const read = (name: string): string | null => {
    const value = headers[name.toLowerCase()];
    return value === undefined ? null : typeof value === "string" ? value : value.join(", ");
  };
  return {
    method,
    url: `http://${originHost(headers.host)}${incoming.url ?? "/"}`,
    headers: { get: read, has: (name) => read(name) !== null },
    get signal() {
      if (abort) return abort.signal;
      const made = (abort = new AbortController());
      const end = () => {
        if (!outgoing.writableFinished) made.abort(new Error("the client went away"));
      };
      if (outgoing.closed) end();
      else outgoing.once("close", end);
      return made.signal;
    },
    get body() {
      return (body ??= method === "GET" || method === "HEAD" ? null : bodyOf(incoming));
    },
    collect: (maxBytes) => collect(incoming, maxBytes),
  };
}

/**
 * Writes a web `Response` to a node:http response; a stream goes on until one side ends it.
 * @throws what the body's stream throws; the node:http response is then the caller's to end
 */
export async function sendResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
  const text = knownBody(response);
  if (text !== undefined) {
    outgoing.setHeader("Content-Length", Buffer.byteLength(text));
    outgoing.end(outgoing.req.method === "HEAD" ? undefined : text);
    return;
  }
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
