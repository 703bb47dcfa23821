import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createAlertLoop } from "@/lib/alerting/alert-loop";
import { openQueue } from "@/lib/jobs/queue";
import { createTestContext } from "@/lib/testing/test-context";
import { startCron } from "./cron";
import { SCHEDULE, type ScheduleLine } from "./schedule";

const context = await createTestContext();
const queue = await openQueue(context);
const alerts = createAlertLoop(context, () => undefined);
const line = (task: string, run: ScheduleLine["run"], more: Partial<ScheduleLine> = {}): ScheduleLine => ({
  task,
  cron: "* * * * * *",
  leaseSeconds: 10,
  run,
  ...more,
});

test("three workers share a schedule of one second: every slot is run, and none twice", async () => {
  const ran: number[] = [];
  const lines = [line("second", async (_context, { slot }) => void ran.push(slot.getTime()))];
  const crons = await Promise.all(
    [1, 2, 3].map(() => startCron(context, { workerId: randomUUID(), queue, alerts, lines })),
  );
  await expect.poll(() => ran.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(4);
  await Promise.all(crons.map((cron) => cron.stop(1_000)));

  const slots = ran.toSorted((a, b) => a - b);
  const first = slots[0] ?? 0;
  expect(slots).toEqual(slots.map((_, index) => first + index * 1_000));
  const { rows } = await context.sql.query("SELECT status, attempt FROM job_runs WHERE task = 'second'");
  expect(rows).toHaveLength(slots.length);
  expect(new Set(rows.map((row) => `${row.status} ${row.attempt}`))).toEqual(new Set(["done 1"]));
});

test("a run whose worker died is taken over, by its own slot", async () => {
  const slot = new Date("2026-11-20T12:00:00Z");
  await context.sql.query(
    `INSERT INTO job_runs (task, slot, worker_id, started_at, lease_until) VALUES ('left', $1, $2, now(), now() - interval '1 s')`,
    [slot, randomUUID()],
  );
  let seen: Date | undefined;
  const lines = [line("left", async (_context, run) => void (seen = run.slot), { cron: "0 0 1 1 *" })];
  const cron = await startCron(context, { workerId: randomUUID(), queue, alerts, lines, sweepMs: 20 });
  await expect.poll(() => seen).toEqual(slot);
  await cron.stop(1_000);
  const { rows } = await context.sql.query("SELECT status, attempt FROM job_runs WHERE task = 'left'");
  expect(rows).toEqual([{ status: "done", attempt: 2 }]);
});

test("a stop waits for what runs, and no longer than its grace", async () => {
  let finish: () => void = () => undefined;
  const lines = [line("slow", () => new Promise<void>((done) => (finish = done)), { cron: "0 0 1 1 *" })];
  await context.sql.query(
    `INSERT INTO job_runs (task, slot, worker_id, started_at, lease_until) VALUES ('slow', now(), $1, now(), now() - interval '1 s')`,
    [randomUUID()],
  );
  const cron = await startCron(context, { workerId: randomUUID(), queue, alerts, lines, sweepMs: 20 });
  const isTaken = async () =>
    (await context.sql.query("SELECT attempt FROM job_runs WHERE task = 'slow'")).rows[0].attempt;
  await expect.poll(isTaken).toBe(2);
  await cron.stop(50);
  finish();
});

test("lines with atStart run for the present minute before a worker begins", async () => {
  const ran: string[] = [];
  const lines = [
    line("first", async (_context, { slot }) => void ran.push(slot.toISOString().slice(17)), {
      cron: "0 0 1 1 *",
      atStart: true,
    }),
  ];
  const cron = await startCron(context, { workerId: randomUUID(), queue, alerts, lines });
  expect(ran).toEqual(["00.000Z"]);
  await cron.stop(1_000);
});

test("every task of the schedule does its work, and again without harm", async () => {
  const tools = {
    slot: new Date(Math.floor(Date.now() / 60_000) * 60_000),
    signal: new AbortController().signal,
    queue,
    alerts,
  };
  context.setNow(new Date(tools.slot.getTime() + 500));
  for (const { run } of SCHEDULE) {
    await run(context, tools);
    await run(context, tools);
  }
  const { rows } = await context.sql.query("SELECT count(*)::int AS n FROM system_metrics");
  expect(rows[0].n).toBeGreaterThan(0);
  await queue.stop();
});
