import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import config from "@/monitoring.config";
import { handleApi } from "@/lib/api/handle-api";
import { sendResponse, toRequest } from "@/lib/api/node-http";
import { ANONYMOUS } from "@/lib/core/actor";
import { SILENT } from "@/lib/core/log";
import { openDatabase } from "@/lib/db/client";
import { readEnv } from "@/lib/env";
import { measureRequests } from "@/lib/metrics/measure-requests";
import { createRequestStats } from "@/lib/metrics/request-stats";

/** GET /api/live by the product's own code, which touches no database: the cheapest answer there is, so the measuring shows most. */
const database = openDatabase("postgresql://nobody@127.0.0.1:1/none", { name: "bench", log: SILENT });
const env = readEnv({});
const context = {
  db: database.db,
  sql: database.sql,
  now: () => new Date(),
  fetch,
  log: SILENT,
  env,
  config,
  actor: ANONYMOUS,
};

function handle(incoming: IncomingMessage, outgoing: ServerResponse): void {
  void handleApi(context, toRequest(incoming, outgoing), {}).then((answer) => answer && sendResponse(answer, outgoing));
}

const handler = process.argv[2] === "measured" ? measureRequests(createRequestStats(), handle) : handle;
const server = createServer(handler).listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: address && typeof address === "object" ? address.port : 0 });
});
process.on("disconnect", () => process.exit(0));
