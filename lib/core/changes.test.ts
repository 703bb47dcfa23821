import { afterEach, expect, test } from "vitest";
import { SILENT } from "./log";
import { type Change, type Changes, createChanges, notifyChange, processChanges, setProcessChanges } from "./changes";
import { createTestContext } from "@/lib/testing/test-context";

const context = await createTestContext();
const open: Changes[] = [];

async function listen() {
  const changes = createChanges(context.databaseUrl, SILENT);
  open.push(changes);
  const heard: Change[] = [];
  let wanted: { count: number; resolve: () => void } | undefined;
  changes.subscribe((change) => {
    heard.push(change);
    if (wanted && heard.length >= wanted.count) wanted.resolve();
  });
  await changes.ready;
  const until = (count: number) =>
    new Promise<void>((resolve) => {
      wanted = { count, resolve };
      if (heard.length >= count) resolve();
    });
  return { changes, heard, until };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((changes) => changes.close()));
});

test("every listener hears what any connection notifies, in order", async () => {
  const [one, two] = await Promise.all([listen(), listen()]);
  await notifyChange(context.sql, { topic: "checks", flip: true });
  await notifyChange(context.sql, { topic: "metrics" });
  await Promise.all([one.until(2), two.until(2)]);
  expect(one.heard).toEqual([{ topic: "checks", flip: true }, { topic: "metrics" }]);
  expect(two.heard).toEqual(one.heard);
});

test("inside a transaction a change is told at its commit, and never when it is rolled back", async () => {
  const { heard, until } = await listen();
  const client = await context.sql.connect();
  for (const [topic, end] of [
    ["incidents", "ROLLBACK"],
    ["worker", "COMMIT"],
  ] as const) {
    await client.query("BEGIN");
    await notifyChange(client, { topic });
    await client.query(end);
  }
  client.release();
  await until(1);
  expect(heard).toEqual([{ topic: "worker" }]);
});

test("what is no change of ours is passed over", async () => {
  const { heard, until } = await listen();
  await context.sql.query("SELECT pg_notify('watchkeeper', 'not json')");
  await context.sql.query(`SELECT pg_notify('watchkeeper', '{"topic":"unheard of"}')`);
  await notifyChange(context.sql, { topic: "checks" });
  await until(1);
  expect(heard).toEqual([{ topic: "checks" }]);
});

test("after the database went away it listens again and says that anything may have changed", async () => {
  const { heard, until } = await listen();
  await context.sql.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'watchkeeper changes' AND datname = current_database()",
  );
  await until(1);
  expect(heard).toEqual([{ topic: "all" }]);
  await notifyChange(context.sql, { topic: "checks" });
  await until(2);
  expect(heard[1]).toEqual({ topic: "checks" });
});

test("closing ends the connection, also while the database is away", async () => {
  const away = createChanges("postgresql://nobody@127.0.0.1:1/nothing", SILENT);
  await away.close();
  const { changes } = await listen();
  await changes.close();
  const { rows } = await context.sql.query(
    "SELECT 1 FROM pg_stat_activity WHERE application_name = 'watchkeeper changes' AND datname = current_database()",
  );
  expect(rows).toEqual([]);
});

test("an unsubscribed listener hears nothing more", async () => {
  const { changes, until } = await listen();
  const silent: Change[] = [];
  changes.subscribe((change) => void silent.push(change))();
  await notifyChange(context.sql, { topic: "checks" });
  await until(1);
  expect(silent).toEqual([]);
});

test("the process has one instance, handed over", () => {
  expect(processChanges()).toBeUndefined();
  const changes: Changes = {
    ready: Promise.resolve(),
    subscribe: () => () => undefined,
    close: () => Promise.resolve(),
  };
  setProcessChanges(changes);
  expect(processChanges()).toBe(changes);
  setProcessChanges(undefined);
});
