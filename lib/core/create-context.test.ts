import { readFile, mkdtemp, rm } from "node:fs/promises";
import { openSync, closeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readEnv } from "@/lib/env";
import { createTestContext } from "@/lib/testing/test-context";
import { SYSTEM } from "./actor";
import { asActor } from "./context";
import { createContext } from "./create-context";
import { SILENT, createLogger } from "./log";
import { processContext, setProcessContext } from "./process-context";

const { databaseUrl } = await createTestContext();
const input = { env: readEnv({ NODE_ENV: "test" }), process: "cli", url: databaseUrl, log: SILENT } as const;

test("a process's context speaks to its database twice: by models and by plain SQL", async () => {
  const { context, close } = createContext(input);
  try {
    expect(await context.db.user.count()).toBe(0);
    const { rows } = await context.sql.query<{ name: string }>("SELECT current_setting('application_name') AS name");
    expect(rows[0]?.name).toContain("cli");
    expect(context.actor.kind).toBe("anonymous");
    expect(Math.abs(context.now().getTime() - Date.now())).toBeLessThan(60_000);
  } finally {
    await close();
  }
});

test("there is one context in a process, once it was started", async () => {
  expect(() => processContext()).toThrow("was not started by server.ts");
  const { context, close } = createContext(input);
  setProcessContext(context);
  expect(processContext()).toBe(context);
  const system = asActor(context, SYSTEM);
  expect(system.actor.kind).toBe("system");
  expect(context.actor.kind).toBe("anonymous");
  await close();
});

test("a log line is one line of JSON with level, time and process", async () => {
  const folder = await mkdtemp(join(tmpdir(), "watchkeeper-log-"));
  const file = join(folder, "log");
  const descriptor = openSync(file, "w");
  const log = createLogger("info", "worker", descriptor);
  log.debug("too quiet");
  log.info({ checks: 2 }, "ready");
  closeSync(descriptor);
  const lines = (await readFile(file, "utf8")).trim().split("\n");
  await rm(folder, { recursive: true });
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    { level: "info", time: expect.stringMatching(/^\d{4}-.*Z$/), process: "worker", checks: 2, msg: "ready" },
  ]);
});
