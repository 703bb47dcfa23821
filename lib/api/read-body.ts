import { isStorable } from "@/lib/core/storable";
import { HttpFault } from "./respond";
import type { ApiRequest } from "./api-request";

export const MAX_BODY_BYTES = 1024 * 1024;

export const NOT_STORABLE = "A text must not hold a null character or half of a surrogate pair.";

const tooLong = () => new HttpFault(413, "The body is longer than 1 MiB.");

/**
 * A request's JSON.
 * @throws HttpFault 415 for another content type or encoding, 413 past 1 MiB (without reading on), 400 when it is no JSON, 422 for texts that can't be stored
 */
export async function readJson(request: ApiRequest): Promise<unknown> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (!/^application\/([\w.-]+\+)?json$/.test(type)) throw new HttpFault(415, "Send the body as application/json.");
  if (request.headers.has("content-encoding")) throw new HttpFault(415, "Send the body without a content encoding.");
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) throw tooLong();
  const text = await readText(request);
  return parseJson(text);
}

/** Only an escape brings what can't be stored into a decoded text; the look at each text takes ten times as long as the parsing. */
const MAY_BE_NOT_STORABLE = /\\u(0000|d[89a-f])/i;

function parseJson(text: string): unknown {
  try {
    if (!MAY_BE_NOT_STORABLE.test(text)) return JSON.parse(text);
    return JSON.parse(text, (key, value: unknown) => {
      if (!isStorable(key) || (typeof value === "string" && !isStorable(value))) throw new HttpFault(422, NOT_STORABLE);
      return value;
    });
  } catch (error) {
    throw error instanceof HttpFault ? error : new HttpFault(400, "The body is not JSON.");
  }
}

async function readText(request: ApiRequest): Promise<string> {
  return (await readBytes(request, MAX_BODY_BYTES)).toString("utf8");
}

/** A request's body. @throws HttpFault 413 past so many bytes (without reading on), 400 when it ends early */
export async function readBytes(request: ApiRequest, maxBytes: number): Promise<Buffer> {
  // A client that goes away while sending is no fault of ours.
  const endedEarly = () => Promise.reject(new HttpFault(400, "The body ended early."));
  if (request.collect) {
    const bytes = await request.collect(maxBytes).catch(endedEarly);
    if (!bytes) throw tooLong();
    return bytes;
  }
  if (!request.body) return Buffer.alloc(0);
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(endedEarly);
    if (done) return Buffer.concat(chunks);
    length += value.byteLength;
    if (length > maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw tooLong();
    }
    chunks.push(value);
  }
}
