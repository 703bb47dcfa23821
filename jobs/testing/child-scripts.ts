/** Children for tests of the launcher: they speak its protocol and do no work, so that a start takes no build. */

const SPEAK = `
import { appendFileSync } from "node:fs";
const tell = (what) => appendFileSync(process.env.DATA_DIR + "/events.log", what + " " + process.pid + "\\n");
process.on("disconnect", () => process.exit(0));
`;

/** Answers on the port as the web process does. */
export const WEB = `${SPEAK}
import { createServer } from "node:http";
const server = createServer((request, response) => response.end("a page"));
server.listen(Number(process.env.PORT), "127.0.0.1", () => { tell("web started"); process.send({ ready: true }); });
process.on("SIGTERM", () => { tell("web stopped"); process.exit(0); });
`;

/** Asks the database a last time when it stops, which only works while that still runs. */
export const WORKER = `${SPEAK}
import pg from "pg";
process.on("SIGTERM", async () => {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query("SELECT 1");
  await client.end();
  tell("worker stopped, with a database");
  process.exit(0);
});
tell("worker started");
process.send({ ready: true });
`;

/** Does not obey. */
export const STUBBORN_WORKER = `${SPEAK}
process.on("SIGTERM", () => undefined);
setInterval(() => undefined, 1_000);
tell("worker started");
process.send({ ready: true });
`;

/** Ends before it is ready, each time. */
export const BROKEN_WORKER = `console.log("this worker has no luck"); process.exit(3);`;

/** In the place of the one that bundles again when the source changes: says once that the worker's source is another one. */
export const WATCH = `
process.on("disconnect", () => process.exit(0));
process.send({ changed: "worker" });
`;
