import { expect, test } from "vitest";
import PgBoss from "pg-boss";
import { runType } from "@/lib/testing/run-type";
import { createTestContext } from "@/lib/testing/test-context";
import { queue } from "./queue";

const context = await createTestContext();
const boss = new PgBoss({ connectionString: context.databaseUrl, supervise: false, schedule: false });
const run = (config: object = {}) => runType(queue, config, { sql: context.sql });

test("without pg-boss's tables it says that the worker makes them", async () => {
  expect(await run()).toMatchObject({ status: "failed", shortSummary: "no queue" });
});

test("a database that cannot be reached is told as such", async () => {
  expect(await run({ url: "postgresql://nobody@127.0.0.1:1/none" })).toMatchObject({
    status: "failed",
    message: "The queue's database failed: connection refused.",
  });
});

test("a schema that could break out of the statement is refused", () => {
  expect(queue.config.safeParse({ schema: 'a"; DROP TABLE x' }).success).toBe(false);
});

test("two limits in the wrong order are refused", () => {
  expect(queue.config.safeParse({ pendingWarning: 10, pendingFailed: 5 }).error?.issues[0]?.path).toEqual([
    "pendingFailed",
  ]);
});

async function withBoss(use: () => Promise<void>): Promise<void> {
  boss.on("error", () => undefined);
  await boss.start();
  try {
    await use();
  } finally {
    await boss.stop({ graceful: false });
  }
}

test("pending, failed, oldest and heartbeat are told with their numbers and limits", async () => {
  await withBoss(async () => {
    expect(await run()).toMatchObject({
      status: "failed",
      message: expect.stringContaining("no queue named heartbeat"),
    });
    expect(await run({ heartbeatQueue: "" })).toMatchObject({ status: "ok", shortSummary: "0 pending" });

    await boss.createQueue("heartbeat");
    expect(await run()).toMatchObject({ status: "ok" });
    await boss.send("heartbeat", {});
    const [job] = await boss.fetch("heartbeat");
    await boss.complete("heartbeat", job?.id ?? "");
    expect(await run()).toMatchObject({ status: "ok", meta: { heartbeatAgeSeconds: 0 } });

    await boss.createQueue("mail");
    for (let n = 0; n < 3; n++) await boss.send("mail", {}, { retryLimit: 0 });
    await context.sql.query(`UPDATE pgboss.job SET start_after = now() - interval '10 min' WHERE name = 'mail'`);
    // What is due later waits for nobody, and pg-boss's own queue is nobody's work.
    await boss.send("mail", {}, { startAfter: 3_600 });
    await boss.createQueue("__pgboss__send-it");
    await boss.send("__pgboss__send-it", {});
    expect(await run()).toMatchObject({
      status: "warning",
      meta: { pending: 3 },
      message: "The oldest job has waited for 10 min (limit 5 min).",
    });
    expect(await run({ pendingWarning: 1, pendingFailed: 2 })).toMatchObject({
      status: "failed",
      message: expect.stringContaining("3 jobs are waiting (limit 2)."),
    });

    const [mail] = await boss.fetch("mail");
    await boss.fail("mail", mail?.id ?? "");
    expect(await run({ oldestWarningSeconds: 900 })).toMatchObject({
      status: "warning",
      meta: { failed: 1 },
      message: "1 job failed in the last 1 h (limit 0).",
    });
  });
});

test("a heartbeat that is old asks whether a worker is running; one that just started is given time", async () => {
  await context.sql.query(`UPDATE pgboss.job SET completed_on = now() - interval '10 min' WHERE name = 'heartbeat'`);
  const config = { failedWarning: 25, oldestWarningSeconds: 900 };
  expect(await run(config)).toMatchObject({
    status: "failed",
    message: "The last heartbeat job was finished 10 min ago (limit 5 min): is a worker running?",
  });
  await context.sql.query(
    `INSERT INTO workers (id, host, pid, started_at, last_seen_at)
     VALUES (gen_random_uuid(), 'test', 1, now() - interval '20 s', now())`,
  );
  expect(await run(config)).toMatchObject({
    status: "warning",
    message: "The last heartbeat job was finished 10 min ago; the worker started 20 s ago.",
  });
});
