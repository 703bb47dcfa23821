/**
 * Where a request came from. server.ts writes this header itself from the connection, over whatever a client sent;
 * under `next dev` alone it is absent.
 */
export function clientAddress(headers: Headers): string | undefined {
  return headers.get("x-watchkeeper-address") ?? undefined;
}
