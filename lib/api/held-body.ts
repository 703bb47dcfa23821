import type { ApiRequest } from "./api-request";
import { createByteBudget } from "./byte-budget";
import { readBytes, tooLong } from "./read-body";
import { unpackBody } from "./unpack-body";

/**
 * Reads a request's body, unpacked, and hands it to `use`; how much all of them hold at once is bounded.
 * @param turn waited for once the body is there, before it is unpacked; what it throws, the request is refused by
 */
export type HeldBody = <T>(
  request: ApiRequest,
  use: (bytes: Buffer) => T | Promise<T>,
  turn?: () => Promise<void>,
) => Promise<T>;

/**
 * @param maxBytes of one body, as it comes and unpacked: whole MiB
 * @param bodies so many of the longest are held at once; what comes then is told to come again (429)
 */
export function createHeldBody(maxBytes: number, bodies = 4): HeldBody {
  const budget = createByteBudget(bodies * maxBytes);
  return async (request, use, turn) => {
    const announced = request.headers.get("content-length");
    if (Number(announced ?? 0) > maxBytes) throw tooLong(maxBytes);
    return budget.hold(async (take) => {
      // A length that is announced is held in one piece before any of it comes; else piece by piece.
      if (announced !== null) take(Number(announced));
      const packed = await readBytes(request, maxBytes, announced === null ? take : undefined);
      await turn?.();
      const bytes = unpackBody(packed, request.headers.get("content-encoding"), maxBytes);
      if (bytes !== packed) take(bytes.length);
      return use(bytes);
    });
  };
}
