import { createFirstAdmin } from "@/lib/access/first-admin";
import { SYSTEM } from "@/lib/core/actor";
import { asActor } from "@/lib/core/context";
import { createContext } from "@/lib/core/create-context";
import { isProblem, messageOf } from "@/lib/core/errors";
import { createLogger } from "@/lib/core/log";
import { migrate } from "@/lib/db/migrate";
import { makePartitionsAhead } from "@/lib/db/partitions";
import { waitForDatabase } from "@/lib/db/wait-for-database";
import { type Env, InvalidEnvironment, readEnv } from "@/lib/env";
import { ROOT } from "../root";
import { type FromPrepare, isToPrepare } from "./prepare-messages";

/** A launcher's short-lived child: reads the environment, then brings the database it is told of up to date. */
const send = (message: FromPrepare): void => void process.send?.(message);

const databaseUrl = new Promise<string>((resolve) => {
  process.on("message", (message) => {
    if (isToPrepare(message)) resolve(message.databaseUrl);
  });
});
// The launcher is gone: what is half done is finished by the next start.
process.on("disconnect", () => process.exit(1));

async function prepareDatabase(env: Env, url: string): Promise<void> {
  await waitForDatabase(url);
  const migrations = await migrate(url, ROOT);
  const { context, close } = createContext({ env, process: "cli", url, log: createLogger(env.LOG_LEVEL, "launcher") });
  try {
    await makePartitionsAhead(context.sql, context.now());
    const admin = await createFirstAdmin(asActor(context, SYSTEM), {
      email: env.ADMIN_EMAIL,
      password: env.ADMIN_PASSWORD,
    });
    send({ step: "done", admin, migrations });
  } finally {
    await close();
  }
}

try {
  const env = readEnv();
  send({
    step: "environment",
    env: { databaseUrl: env.DATABASE_URL, dataDir: env.DATA_DIR, host: env.HOST, port: env.PORT },
  });
  await prepareDatabase(env, await databaseUrl);
} catch (error) {
  const isExpected = error instanceof InvalidEnvironment || isProblem(error);
  send({
    step: "problem",
    sentence: isExpected ? error.message : `The database could not be prepared: ${messageOf(error)}`,
  });
}
process.disconnect?.();
