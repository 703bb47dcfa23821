import { execFile } from "node:child_process";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { type Logger, SILENT } from "@/lib/core/log";
import { openDatabase } from "@/lib/db/client";
import { createTestContext } from "@/lib/testing/test-context";
import { getLatestEvent } from "../events/get-event";
import { listGroups } from "../groups/list-groups";
import { createOwnErrors, OWN_PROJECT } from "./own-errors";

const base = await createTestContext();
const logged: unknown[][] = [];
const note = (...parts: unknown[]) => void logged.push(parts);
const plain: Logger = { debug: note, info: note, warn: note, error: note };

beforeEach(async () => {
  logged.length = 0;
  await base.sql.query("TRUNCATE error_groups, error_events CASCADE");
});

function start() {
  const own = createOwnErrors("worker");
  const log = own.watch(plain);
  const context = { ...base, log };
  return { own, log, context };
}
const groups = async () => (await listGroups(base, { query: `project:${OWN_PROJECT}` })).items;

test("an error that is logged is an event of the project Watchkeeper, with stack, cause and what else was logged", async () => {
  const { own, log, context } = start();
  own.start(context);
  const cause = new RangeError("too far");
  log.error(
    { err: new TypeError("it broke", { cause }), path: "/api/v1/x", password: "hunter2hunter" },
    "a call broke",
  );
  await own.settle();
  expect(await groups()).toMatchObject([{ type: "TypeError", value: "it broke", level: "error", eventCount: 1 }]);
  const event = await getLatestEvent(base, { groupId: (await groups())[0]?.id ?? "" });
  expect(event?.data).toMatchObject({
    platform: "node",
    extra: { log: "a call broke", path: "/api/v1/x", password: "[Filtered]" },
    tags: [["process", "worker"]],
  });
  expect(event?.data.exceptions.map(({ value }) => value)).toEqual(["too far", "it broke"]);
  expect(event?.data.exceptions[1]?.frames.at(-1)?.filename).toContain("own-errors.test.ts");
  expect(logged).toHaveLength(1);
});

test("without an exception it is grouped by its sentence", async () => {
  const { own, log, context } = start();
  own.start(context);
  log.error({ error: "ECONNREFUSED 127.0.0.1:1", check: "a" }, "the check could not be run");
  log.error({ error: "timeout of 42 ms", check: "b" }, "the check could not be run");
  await own.settle();
  expect(await groups()).toMatchObject([{ type: "", eventCount: 2 }]);
});

test("what is no error is not reported; what was met before there was a database is", async () => {
  const { own, log, context } = start();
  log.warn({ error: "x" }, "a warning");
  log.error({ error: "y" }, "met early");
  own.start(context);
  await own.settle();
  expect((await groups()).map(({ value }) => value)).toEqual(["met early: y"]);
});

test("a fault that repeats without end is reported thirty times a minute", async () => {
  const { own, log, context } = start();
  own.start(context);
  for (let n = 0; n < 200; n += 1) log.error({ error: "again" }, "it repeats");
  await own.settle();
  const [group] = await groups();
  expect(group?.eventCount).toBeLessThanOrEqual(30);
  expect(group?.eventCount).toBeGreaterThan(0);
  expect(logged).toHaveLength(200);
});

test("when the database is away, reporting neither throws nor reports itself", async () => {
  const { own, log, context } = start();
  const away = openDatabase("postgres://nobody:x@127.0.0.1:1/none", { name: "away", log: SILENT });
  own.start({ ...context, sql: away.sql, db: away.db });
  log.error({ error: "x" }, "first");
  await own.settle();
  expect(logged.map(([, message]) => message)).toEqual(["first", "an error of this process could not be reported"]);
  await away.close();
});

test("an exception that nobody caught is reported before the process ends", async () => {
  const program = `
    import { createContext } from "@/lib/core/create-context";
    import { createLogger } from "@/lib/core/log";
    import { createOwnErrors, endOnUncaught } from "@/lib/errors/own/own-errors";
    import { readEnv } from "@/lib/env";
    const env = readEnv();
    const own = createOwnErrors("web");
    const log = own.watch(createLogger("warn", "web"));
    endOnUncaught(own, log, 40_000);
    own.start(createContext({ env, process: "web", url: env.DATABASE_URL ?? "", log }).context);
    setTimeout(() => { throw new SyntaxError("nobody caught this"); }, 10);
    setInterval(() => undefined, 1_000);
  `;
  const env = { ...process.env, NODE_ENV: "test" as const, DATABASE_URL: base.databaseUrl };
  const tsx = join("node_modules", "tsx", "dist", "cli.mjs");
  const { code, output } = await new Promise<{ code: unknown; output: string }>((resolve) => {
    execFile(
      process.execPath,
      [tsx, "--input-type=module", "-e", program],
      { env, timeout: 50_000 },
      (error, stdout, stderr) => resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });
  expect(output).toContain("an exception was not caught");
  expect(output).not.toContain("could not be reported");
  expect(code).toBe(1);
  expect(await groups()).toMatchObject([{ type: "SyntaxError", value: "nobody caught this", level: "fatal" }]);
}, 60_000);
