const bodies = new WeakMap<Response, string>();

/**
 * A `Response` of a text that the server may also send as it is: read back through the response's stream it would go out in
 * pieces, and take several times as long.
 */
export function textResponse(text: string, init: { status?: number; headers: Record<string, string> }): Response {
  const response = new Response(text, init);
  bodies.set(response, text);
  return response;
}

/** The text that a response was made from, if it was made so. */
export const knownBody = (response: Response): string | undefined => bodies.get(response);
