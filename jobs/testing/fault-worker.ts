import { SYSTEM } from "@/lib/core/actor";
import { asActor } from "@/lib/core/context";
import { createContext } from "@/lib/core/create-context";
import { SILENT } from "@/lib/core/log";
import { readEnv } from "@/lib/env";
import { SCHEDULE } from "../schedule";
import { startWorker } from "../start-worker";

/**
 * The worker with all its parts, made to be killed. It has no checks of its own, gathers alerts as briefly as can be, so that
 * there are many messages, and its minute is ten seconds long: what a killed one left undone is found sooner.
 */
const env = readEnv();
if (!env.DATABASE_URL) throw new Error("DATABASE_URL is not set");
const { context } = createContext({ env, process: "worker", url: env.DATABASE_URL, log: SILENT });
const config = { ...context.config, checks: {}, alerting: { groupWaitSeconds: 0.02, groupIntervalSeconds: 0 } };
const lines = SCHEDULE.map((line) => (line.task === "alerts" ? { ...line, cron: "*/10 * * * * *" } : line));
await startWorker(asActor({ ...context, config }, SYSTEM), { lines });
process.send?.("ready");
// Its parent is gone: it must not outlive the test.
process.on("disconnect", () => process.exit(0));
