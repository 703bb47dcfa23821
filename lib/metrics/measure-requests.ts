import type { IncomingMessage, ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";

/** Where durations go: lib/metrics/request-stats.ts. */
interface Observer {
  observe: (durationMs: number, status: number) => void;
}

/** nginx's word for a request whose client went away before the answer was out. */
const CLIENT_CLOSED = 499;

/**
 * Wraps a node:http handler so that every request is measured where it ends, whoever answers it: no handler knows of it.
 * An event stream is left out: it is no request that takes an hour.
 */
export function measureRequests(
  stats: Observer,
  handle: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  return (incoming, outgoing) => {
    const start = performance.now();
    outgoing.once("close", () => {
      if (outgoing.getHeader("content-type") === "text/event-stream") return;
      stats.observe(performance.now() - start, outgoing.writableFinished ? outgoing.statusCode : CLIENT_CLOSED);
    });
    handle(incoming, outgoing);
  };
}
