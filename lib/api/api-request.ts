/**
 * What the API needs of a request: a web `Request` is one, and so is the much cheaper view of a node:http request that
 * toRequest gives (a web Request with its headers, signal and stream takes longer to make than a small push to store).
 */
export interface ApiRequest {
  readonly method: string;
  /** The whole address. */
  readonly url: string;
  readonly headers: Pick<Headers, "get" | "has">;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
  readonly body: ReadableStream<Uint8Array> | null;
  /**
   * Reads the whole body, where that is cheaper than by its stream.
   * @returns undefined past `maxBytes`: what still comes is thrown away
   * @throws when the body ends early
   */
  readonly collect?: (maxBytes: number) => Promise<Buffer | undefined>;
}
