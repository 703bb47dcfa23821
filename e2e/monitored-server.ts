import { createServer } from "node:http";

/** An HTTP server for a check to look at. */
export interface MonitoredServer {
  url: string;
  port: number;
  /** Requests so far. */
  hits: () => number;
  stop: () => Promise<void>;
}

/** @param port a free one where left out */
export function startMonitoredServer(port = 0): Promise<MonitoredServer> {
  return new Promise((done, fail) => {
    let hits = 0;
    const server = createServer((_request, response) => {
      hits += 1;
      response.end("fine");
    });
    server.once("error", fail);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (!address || typeof address === "string") {
        fail(new Error("no port"));
        return;
      }
      done({
        url: `http://127.0.0.1:${address.port}/`,
        port: address.port,
        hits: () => hits,
        stop: () =>
          new Promise((stopped) => {
            server.close(() => stopped());
            server.closeAllConnections();
          }),
      });
    });
  });
}
