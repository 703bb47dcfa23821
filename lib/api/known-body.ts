const bodies = new WeakMap<Response, string | Uint8Array<ArrayBuffer>>();

/**
 * A `Response` of a text that the server may also send as it is: read back through the response's stream it would go out in
 * pieces, and take several times as long.
 */
export function textResponse(text: string, init: { status?: number; headers: Record<string, string> }): Response {
  return known(text, init);
}

/** As textResponse, of bytes: what is compressed already. */
export function bytesResponse(
  bytes: Uint8Array<ArrayBuffer>,
  init: { status?: number; headers: Record<string, string> },
): Response {
  return known(bytes, init);
}

function known(body: string | Uint8Array<ArrayBuffer>, init: ResponseInit): Response {
  const response = new Response(body, init);
  bodies.set(response, body);
  return response;
}

/** What a response was made from, if it was made so. */
export const knownBody = (response: Response): string | Uint8Array | undefined => bodies.get(response);
