import { createServer } from "node:net";
import { afterAll, expect, test } from "vitest";
import { SILENT } from "@/lib/core/log";
import { createTestContext } from "@/lib/testing/test-context";
import { openDatabase } from "./client";
import { isDatabaseAway } from "./database-away";

const context = await createTestContext();
const nowhere = openDatabase("postgresql://nobody@127.0.0.1:1/nothing", { name: "test", log: SILENT });
afterAll(() => nowhere.close());

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test("a refused connection, by pg, Prisma and in a transaction", async () => {
  expect(isDatabaseAway(await thrownBy(nowhere.sql.query("SELECT 1")))).toBe(true);
  expect(isDatabaseAway(await thrownBy(nowhere.db.user.count()))).toBe(true);
  expect(isDatabaseAway(await thrownBy(nowhere.db.$transaction((tx) => tx.user.count())))).toBe(true);
});

test("a server that accepts and hangs up", async () => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const broken = openDatabase(`postgresql://nobody@127.0.0.1:${port}/nothing`, { name: "test", log: SILENT });
  expect(isDatabaseAway(await thrownBy(broken.sql.query("SELECT 1")))).toBe(true);
  expect(isDatabaseAway(await thrownBy(broken.db.user.count()))).toBe(true);
  await broken.close();
  await new Promise((resolve) => server.close(resolve));
});

test("a connection that the server ends in the middle of a query", async () => {
  const ended = async (kill: (pid: number) => Promise<unknown>, run: () => Promise<unknown>) => {
    const outcome = thrownBy(run());
    const find = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'";
    for (;;) {
      const { rows } = await context.sql.query<{ pid: number }>(find);
      if (rows[0]) {
        await kill(rows[0].pid);
        return outcome;
      }
    }
  };
  const kill = (pid: number) => context.sql.query("SELECT pg_terminate_backend($1)", [pid]);
  expect(isDatabaseAway(await ended(kill, () => context.db.$queryRaw`SELECT pg_sleep(20)::text`))).toBe(true);
  expect(isDatabaseAway(await ended(kill, () => context.sql.query("SELECT pg_sleep(20)")))).toBe(true);
});

test("what is wrong with a statement or a file is no absence", async () => {
  expect(isDatabaseAway(await thrownBy(context.sql.query("SELECT nonsense")))).toBe(false);
  expect(isDatabaseAway(await thrownBy(context.db.$queryRaw`SELECT 1 / 0`))).toBe(false);
  expect(isDatabaseAway(Object.assign(new Error("no such file"), { code: "ENOENT", syscall: "open" }))).toBe(false);
  for (const other of [undefined, null, "ECONNREFUSED", 7, {}, new Error("x")])
    expect(isDatabaseAway(other)).toBe(false);
});
