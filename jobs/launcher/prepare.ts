import { readEnv } from "@/lib/env";
import { ROOT } from "../root";
import { explainFailure, prepareDatabase } from "./prepare-database";
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

try {
  const env = readEnv();
  const { DATABASE_URL, DATA_DIR, HOST, PORT } = env;
  send({ step: "environment", env: { databaseUrl: DATABASE_URL, dataDir: DATA_DIR, host: HOST, port: PORT } });
  send({ step: "done", ...(await prepareDatabase(env, await databaseUrl, ROOT)) });
} catch (error) {
  send({ step: "problem", sentence: explainFailure(error) });
}
process.disconnect?.();
