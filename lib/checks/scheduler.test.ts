import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Context } from "@/lib/core/context";
import { SILENT } from "@/lib/core/log";
import { openDatabase } from "@/lib/db/client";
import { addCheck, startHungTarget, startTarget } from "@/lib/testing/checks";
import { startTcpProxy } from "@/lib/testing/tcp-proxy";
import { createTestContext } from "@/lib/testing/test-context";
import { claimDueChecks } from "./claim-checks";
import { runCheckNow } from "./run-check-now";
import { type CheckScheduler, createCheckScheduler } from "./scheduler";

const context = await createTestContext();
const target = await startTarget();
const started: CheckScheduler[] = [];

beforeEach(async () => {
  await context.sql.query("DELETE FROM health_checks");
  target.asked.length = 0;
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((scheduler) => scheduler.stop()));
});

function startScheduler(on: Context = context): CheckScheduler {
  const scheduler = createCheckScheduler(on, { owner: randomUUID() });
  started.push(scheduler);
  scheduler.start();
  return scheduler;
}

/** Waits for something that other code brings about; the time-out is the test's failure, not a pause. */
const until = (holds: () => Promise<void>) => vi.waitFor(holds, { timeout: 20_000, interval: 50 });

interface Row {
  key: string;
  scheduled_at: Date;
  started_at: Date;
  status: string;
  message: string;
}
const results = async (): Promise<Row[]> =>
  (
    await context.sql.query<Row>(
      "SELECT c.key, r.* FROM health_check_results r JOIN health_checks c ON c.id = r.check_id ORDER BY c.key, r.scheduled_at",
    )
  ).rows;

test("three workers on one database run each due check exactly once, with no slot missing", async () => {
  const checks = 40;
  for (let index = 0; index < checks; index++) {
    // Long enough that a machine with much else to do stores one result before the next slot comes.
    await addCheck(context, { key: `each-${index}`, intervalSeconds: 4, config: { url: `${target.url}/${index}` } });
  }
  const databases = [1, 2, 3].map((worker) =>
    openDatabase(context.databaseUrl, { name: `worker ${worker}`, log: SILENT, max: 3 }),
  );
  const schedulers = databases.map(({ db, sql }) => startScheduler({ ...context, db, sql }));
  await until(async () => expect((await results()).length).toBeGreaterThan(checks * 3));
  await Promise.all(schedulers.map((scheduler) => scheduler.stop()));
  started.length = 0;
  await Promise.all(databases.map((database) => database.close()));

  const stored = await results();
  // What the target was asked is what was run: nothing ran twice, nothing was lost.
  expect(target.asked.length).toBe(stored.length);
  for (let index = 0; index < checks; index++) {
    const slots = stored.filter((row) => row.key === `each-${index}`).map((row) => row.scheduled_at.getTime());
    // The first run is at once, off the grid; from then on every fourth second has its slot.
    const gaps = slots.slice(2).map((slot, at) => slot - (slots[at + 1] ?? 0));
    expect(new Set(gaps), `check ${index}: ${slots.join(" ")}`).toEqual(new Set([4_000]));
    expect(target.asked.filter((path) => path === `/${index}`)).toHaveLength(slots.length);
  }
  const delays = stored.map((row) => row.started_at.getTime() - row.scheduled_at.getTime());
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(-2);
});

test("a killed worker's check is taken over when its lease ends, in the same slot", async () => {
  const row = await addCheck(context, { intervalSeconds: 60, timeoutSeconds: 1, config: { url: target.url } });
  // A worker that claimed and died: nothing of it is left but the lease, here cut short.
  const [claimed] = await claimDueChecks(context, { owner: randomUUID(), limit: 1, leaseMarginMs: 0 });
  if (!claimed) throw new Error("nothing was due");
  startScheduler();
  await until(async () => expect(await results()).toHaveLength(1));
  const [result] = await results();
  expect(result?.scheduled_at).toEqual(row.nextDueAt);
  expect(result?.started_at.getTime()).toBeGreaterThan(claimed.leaseUntil.getTime());
  expect(result?.started_at.getTime()).toBeLessThan(claimed.leaseUntil.getTime() + 1_500);
});

test("rows that no code can run are crashed with the cause, and hold up nothing", async () => {
  await addCheck(context, { key: "a-unknown", type: "teapot" });
  await addCheck(context, { key: "b-broken", config: { url: 42 } });
  await addCheck(context, { key: "c-not-even-an-object", config: ["x"] });
  await addCheck(context, { key: "d-good", config: { url: target.url } });
  startScheduler();
  await until(async () => expect(await results()).toHaveLength(4));
  const stored = await results();
  expect(stored.map((row) => row.status)).toEqual(["crashed", "crashed", "crashed", "ok"]);
  expect(stored[0]?.message).toContain('There is no check type "teapot"');
  expect(stored[1]?.message).toMatch(/config is not valid \(url: /);
});

test("while the database is away results are kept, and stored when it is back", async () => {
  const { hostname, port } = new URL(context.databaseUrl);
  const proxy = await startTcpProxy({ host: hostname, port: Number(port) });
  const url = new URL(context.databaseUrl);
  url.port = String(proxy.port);
  const away = openDatabase(url.href, { name: "worker", log: SILENT, max: 3 });
  const logged: string[] = [];
  const log = pino({ level: "error" }, { write: (line) => void logged.push(line) });
  const scheduler = startScheduler({ ...context, db: away.db, sql: away.sql, log });
  const slow = await startHungTarget();
  await addCheck(context, { key: "slow", intervalSeconds: 60, timeoutSeconds: 1, config: { url: slow } });
  await addCheck(context, { key: "steady", intervalSeconds: 1, config: { url: target.url } });
  await until(async () => expect(target.asked.length).toBeGreaterThan(0));
  await proxy.cut();
  await until(async () => {
    expect(logged.join()).toContain("due checks can't be claimed; trying again");
    expect(logged.join()).toContain("results can't be stored; they are kept and tried again");
  });
  expect((await results()).filter((row) => row.key === "slow")).toEqual([]);
  await proxy.mend();
  await until(async () =>
    expect((await results()).find((row) => row.key === "slow")?.message).toContain("timed out after 1 s"),
  );
  const before = (await results()).length;
  await until(async () => expect((await results()).length).toBeGreaterThan(before + 1));
  await scheduler.stop();
  started.length = 0;
  await away.close();
  await proxy.cut();
});

test("stop waits for running checks, stores them, and gives unstarted ones back", async () => {
  const hung = await startHungTarget();
  await addCheck(context, { key: "running", timeoutSeconds: 1, config: { url: hung } });
  await addCheck(context, { key: "soon", nextDueAt: new Date(Date.now() + 1_400), config: { url: target.url } });
  const scheduler = startScheduler();
  await until(async () => {
    const { rows } = await context.sql.query("SELECT 1 FROM health_checks WHERE lease_owner IS NOT NULL");
    expect(rows).toHaveLength(2);
  });
  await scheduler.stop();
  expect(await results()).toMatchObject([{ key: "running", status: "failed" }]);
  expect(await context.db.healthCheck.findMany({ where: { NOT: { leaseOwner: null } } })).toEqual([]);
  expect(target.asked).toEqual([]);
});

test("a run by hand wins over one under way; each result counts once, and the schedule goes on", async () => {
  const { id } = await addCheck(context, { intervalSeconds: 1, config: { url: target.url } });
  const scheduler = startScheduler();
  await until(async () => expect((await results()).length).toBeGreaterThan(0));
  for (let run = 0; run < 5; run++) await runCheckNow(context, { id });
  const before = (await results()).length;
  await until(async () => expect((await results()).length).toBeGreaterThan(before + 1));
  await scheduler.stop();
  const days = await context.db.healthCheckDay.findMany({});
  expect(days.reduce((sum, day) => sum + day.ok, 0)).toBe((await results()).length);
});
