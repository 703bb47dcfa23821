import { randomUUID } from "node:crypto";
import { createDelivery } from "@/lib/alerting/delivery/delivery-loop";
import { SYSTEM } from "@/lib/core/actor";
import { asActor } from "@/lib/core/context";
import { createContext } from "@/lib/core/create-context";
import { SILENT } from "@/lib/core/log";
import { readEnv } from "@/lib/env";

/** A process that sends alerts and nothing else: made to be killed. */
const env = readEnv();
if (!env.DATABASE_URL) throw new Error("DATABASE_URL is not set");
const { context } = createContext({ env, process: "worker", url: env.DATABASE_URL, log: SILENT });
createDelivery(asActor(context, SYSTEM), { owner: randomUUID() }).start();
process.send?.("started");
// Its parent is gone: it must not outlive the test.
process.on("disconnect", () => process.exit(0));
