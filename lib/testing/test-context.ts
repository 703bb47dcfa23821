import { afterAll, inject } from "vitest";
import config from "@/monitoring.config";
import { type Actor, SYSTEM } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { SILENT } from "@/lib/core/log";
import { openDatabase } from "@/lib/db/client";
import { readEnv } from "@/lib/env";
import { cloneTemplate } from "./template";

/** A context on a real database of this test file's own, with a clock that the test moves. */
export interface TestContext extends Context {
  databaseUrl: string;
  /** Sets the clock. */
  setNow: (now: Date | string) => void;
  /** Moves the clock on. */
  advance: (seconds: number) => void;
  as: (actor: Actor) => Context;
}

/** Call at the top level of a test file (or of a describe): the database is dropped after its tests. */
export async function createTestContext(): Promise<TestContext> {
  const { url, drop } = await cloneTemplate(inject("postgresUrl"), inject("postgresTemplate"));
  const database = openDatabase(url, { name: "test", log: SILENT, max: 8 });
  let clock: Date | undefined;
  const now = () => clock ?? new Date();
  afterAll(async () => {
    await database.close();
    await drop();
  });
  const context: TestContext = {
    db: database.db,
    sql: database.sql,
    now,
    fetch,
    log: SILENT,
    env: readEnv({ NODE_ENV: "test" }),
    config,
    actor: SYSTEM,
    databaseUrl: url,
    setNow: (value) => void (clock = new Date(value)),
    advance: (seconds) => void (clock = new Date(now().getTime() + seconds * 1000)),
    as: (actor) => ({ ...context, actor }),
  };
  return context;
}
