import type { Changes } from "@/lib/core/changes";

const KEEP_ALIVE_MS = 15_000;
const RECHECK_MS = 60_000;
const RECONNECT_MS = 2_000;
/** A client that leaves so many events unread is gone or stuck: it is let go, and reads everything when it comes back. */
const MAX_UNREAD = 500;

/**
 * Server-sent events, one `change` for each change, until the client goes away or may no longer listen.
 * @param signal aborts when the client is gone
 * @param isAllowed asked every minute: a session or token may have ended meanwhile
 */
export function createEventStream(
  changes: Changes,
  {
    signal,
    isAllowed,
    keepAliveMs = KEEP_ALIVE_MS,
    recheckMs = RECHECK_MS,
  }: { signal: AbortSignal; isAllowed: () => Promise<boolean>; keepAliveMs?: number; recheckMs?: number },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop = (): void => undefined;
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      let ended = false;
      const end = () => {
        if (ended) return;
        ended = true;
        stop();
        controller.close();
      };
      const send = (text: string) => {
        if (ended) return;
        controller.enqueue(encoder.encode(text));
        if ((controller.desiredSize ?? 0) < -MAX_UNREAD) end();
      };
      const recheck = async () => {
        // Not knowing (the database is away) is no reason to send a page away.
        if (!(await isAllowed().catch(() => true))) end();
      };
      const unsubscribe = changes.subscribe((change) => send(`event: change\ndata: ${JSON.stringify(change)}\n\n`));
      const keepAlive = setInterval(() => send(": still here\n\n"), keepAliveMs);
      const rechecking = setInterval(() => void recheck(), recheckMs);
      stop = () => {
        unsubscribe();
        clearInterval(keepAlive);
        clearInterval(rechecking);
        signal.removeEventListener("abort", end);
      };
      signal.addEventListener("abort", end);
      // At once, so that a client knows the stream stands, and proxies pass the headers on.
      send(`retry: ${RECONNECT_MS}\n: listening\n\n`);
      if (signal.aborted) end();
    },
    cancel: () => stop(),
  });
}
