import { createChanges } from "@/lib/core/changes";
import { createContext } from "@/lib/core/create-context";
import { messageOf } from "@/lib/core/errors";
import { createLogger } from "@/lib/core/log";
import { createOwnErrors, endOnUncaught } from "@/lib/errors/own/own-errors";
import { readEnv } from "@/lib/env";
import { startWorker } from "./start-worker";

/** The worker process: checks, sampling and everything else that runs by the clock. Any number of copies may run. */
const env = readEnv();
const own = createOwnErrors("worker");
const log = own.watch(createLogger(env.LOG_LEVEL, "worker"));
endOnUncaught(own, log);
if (!env.DATABASE_URL) throw new Error("DATABASE_URL is not set: start the product with `npm start`, which sets it.");

const { context, close } = createContext({ env, process: "worker", url: env.DATABASE_URL, log });
own.start(context);
const changes = createChanges(env.DATABASE_URL, log);
const starting = startWorker(context, { changes });

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  try {
    await (await starting).stop();
    await changes.close();
    await close();
  } catch (error) {
    log.warn({ error: messageOf(error) }, "the worker did not stop in order");
  }
  process.exit(0);
}
process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());
// The launcher is gone: without it nobody would stop this process.
process.on("disconnect", () => void stop());

try {
  await starting;
  process.send?.({ ready: true });
} catch (error) {
  log.error({ error: messageOf(error) }, "the worker could not start");
  if (!stopping) process.exit(1);
}
