import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createApiListener } from "@/lib/api/node-listener";
import { createContext } from "@/lib/core/create-context";
import { SILENT } from "@/lib/core/log";
import { readEnv } from "@/lib/env";
import { measureRequests } from "@/lib/metrics/measure-requests";
import { createRequestStats } from "@/lib/metrics/request-stats";

/** The web process without Next: server.ts's own handler and measuring, context and pool. */
const [url = ""] = process.argv.slice(2);
const { context } = createContext({ env: readEnv({}), process: "web", url, log: SILENT });
const answer = createApiListener(context, () => Promise.resolve(null));

function handle(incoming: IncomingMessage, outgoing: ServerResponse): void {
  answer(incoming, outgoing).catch(() => outgoing.destroy());
}

const server = createServer(measureRequests(createRequestStats(), handle)).listen(
  { port: 0, host: "127.0.0.1", backlog: 4_096 },
  () => {
    const address = server.address();
    process.send?.({ port: address && typeof address === "object" ? address.port : 0 });
  },
);
process.on("disconnect", () => process.exit(0));
process.on("SIGTERM", () => process.exit(0));
