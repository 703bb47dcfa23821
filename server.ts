import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import next from "next";
import { readSessionActor } from "@/app/_auth/session-cookie";
import { createDelivery } from "@/lib/alerting/delivery/delivery-loop";
import { startWatchdog } from "@/lib/alerting/watchdog";
import { createApiListener } from "@/lib/api/node-listener";
import { SECURITY_HEADERS } from "@/lib/api/security-headers";
import { createStaticFiles, type StaticFiles } from "@/lib/api/static-files";
import { createChanges, setProcessChanges } from "@/lib/core/changes";
import { SYSTEM } from "@/lib/core/actor";
import { asActor } from "@/lib/core/context";
import { createContext } from "@/lib/core/create-context";
import { createLogger } from "@/lib/core/log";
import { messageOf } from "@/lib/core/errors";
import { createGate } from "@/lib/core/gate";
import { setProcessContext } from "@/lib/core/process-context";
import { createOwnErrors, endOnUncaught } from "@/lib/errors/own/own-errors";
import { readEnv } from "@/lib/env";
import { measureRequests } from "@/lib/metrics/measure-requests";
import { createRequestStats } from "@/lib/metrics/request-stats";
import { createSampler } from "@/lib/metrics/sampler";
import { createStatusListener } from "@/lib/status-page/node-listener";
import { statusKeeperOf } from "@/lib/status-page/status-keeper";

/**
 * The web process: answers the machine endpoints itself (a Next route handler takes ten times as long) and hands
 * everything else to Next.js. Stateless: any number of copies may run.
 */
const env = readEnv();
const own = createOwnErrors("web");
const log = own.watch(createLogger(env.LOG_LEVEL, "web"));
endOnUncaught(own, log);
if (!env.DATABASE_URL) throw new Error("DATABASE_URL is not set: start the product with `npm start`, which sets it.");

const { context, close } = createContext({ env, process: "web", url: env.DATABASE_URL, log });
setProcessContext(context);
own.start(context);
const changes = createChanges(env.DATABASE_URL, log);
setProcessChanges(changes);

/** A page is made on one thread: fifty of them side by side take twice as long as eight and eight (their memory outlives the cheap collections). */
const pages = createGate({ limit: 8, longestMs: 5_000 });
/** What is read from a file. */
const FILE = /^\/_next\/|\.\w+(\?|$)/;

const requestStats = createRequestStats();
const sampler = createSampler(context, { process: "web", requestStats });

const system = asActor(context, SYSTEM);
const watchdog = startWatchdog(system, () => createDelivery(system, { owner: randomUUID() }));

const statusPage = statusKeeperOf(context);
statusPage.start({ changes, file: join(env.DATA_DIR, "status-page.json") });

const server = createServer(measureRequests(requestStats, handleRequest));
// Slow clients may not hold connections for ever; an upload of a few MB fits well within.
server.requestTimeout = 60_000;
server.headersTimeout = 20_000;
server.keepAliveTimeout = 65_000;

const dev = env.NODE_ENV === "development";
const app = next({
  dev,
  dir: process.cwd(),
  hostname: env.HOST,
  port: env.PORT,
  httpServer: server,
});
await app.prepare();
const handleApiCall = createApiListener(context, (request) => readSessionActor(context, request));
const handleStatus = createStatusListener(statusPage);
const handlePage = app.getRequestHandler();
// While the pages are developed their files change.
const handleFile: StaticFiles = dev
  ? async () => false
  : await createStaticFiles(join(process.cwd(), ".next/static"), SECURITY_HEADERS);

function handleRequest(incoming: IncomingMessage, outgoing: ServerResponse): void {
  handle(incoming, outgoing).catch((error: unknown) => {
    log.error({ error: messageOf(error), path: incoming.url?.split("?")[0] }, "a request broke");
    // Cut and not ended: half an answer must not look like a whole one.
    if (outgoing.headersSent) return void outgoing.destroy();
    outgoing.writeHead(500, { "content-type": "text/plain" });
    outgoing.end("Something went wrong here; the log says more.\n");
  });
}

async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  if ((await handleApiCall(incoming, outgoing)) || (await handleStatus(incoming, outgoing))) return;
  if (await handleFile(incoming, outgoing)) return;
  // Over whatever the client sent: sign-ins are counted by it (app/_auth/client-address.ts).
  incoming.headers["x-watchkeeper-address"] = incoming.socket.remoteAddress ?? "";
  if (incoming.method !== "GET" || FILE.test(incoming.url ?? "/")) return handlePage(incoming, outgoing);
  const leave = await pages.enter();
  // Gone while it waited.
  if (outgoing.destroyed) return leave();
  outgoing.once("close", leave);
  await handlePage(incoming, outgoing);
}

// Thousands of senders that connect at once wait in line, and are not refused.
server.listen({ port: env.PORT, host: env.HOST, backlog: 4_096 }, () => {
  sampler.start();
  process.send?.({ ready: true });
});
server.on("error", (error) => {
  log.error({ error: error.message }, "the web server cannot listen");
  process.exit(1);
});

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  sampler.stop();
  await watchdog.stop();
  await statusPage.stop();
  await changes.close();
  server.close();
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 3_000).unref();
  await app.close();
  await close();
  process.exit(0);
}
process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());
// The launcher is gone: without it nobody would stop this process, and it would hold the port.
process.on("disconnect", () => void stop());
