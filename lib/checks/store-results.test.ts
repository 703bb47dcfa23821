import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect, test } from "vitest";
import { Client } from "pg";
import { addCheck } from "@/lib/testing/checks";
import { makePartitions } from "@/lib/db/partitions";
import { createTestContext } from "@/lib/testing/test-context";
import { decideState } from "./check-state";
import { type ClaimedCheck, claimDueChecks } from "./claim-checks";
import type { CheckStatus } from "./define-check";
import type { FinishedRun } from "./run-claimed";
import { nextSlot } from "./slots";
import { storeResults } from "./store-results";

const context = await createTestContext();
const owner = randomUUID();

beforeEach(() => context.sql.query("DELETE FROM health_checks"));
afterAll(() => context.sql.query("DELETE FROM maintenance_windows"));

function finished(check: ClaimedCheck, status: CheckStatus): FinishedRun {
  const startedAt = new Date(check.scheduledAt.getTime() + 2);
  return {
    check,
    result: {
      status,
      shortSummary: `"${status}", \\ {x}`,
      message: "It's a 'message'.",
      meta: { phases: { dns: 1.5 } },
      startedAt,
      durationMs: 12.5,
    },
    decision: decideState(check, status, check.failureThreshold),
    nextDueAt: new Date(check.scheduledAt.getTime() + 60_000),
  };
}

const claim = () => claimDueChecks(context, { owner, limit: 10 });

test("a batch writes results, states, days and the next slots", async () => {
  const row = await addCheck(context, { failureThreshold: 2, status: "ok", statusSince: new Date(0) });
  const [first] = await claim();
  if (!first) throw new Error("nothing was due");
  expect(await storeResults(context, [finished(first, "failed")])).toBe(1);
  expect(await context.db.healthCheck.findUniqueOrThrow({ where: { id: row.id } })).toMatchObject({
    status: "ok",
    statusSince: new Date(0),
    consecutiveFailures: 1,
    lastResult: { status: "failed", message: "It's a 'message'.", meta: { phases: { dns: 1.5 } }, durationMs: 12.5 },
    nextDueAt: new Date(first.scheduledAt.getTime() + 60_000),
    leaseOwner: null,
    leaseUntil: null,
  });
  await context.sql.query("UPDATE health_checks SET next_due_at = next_due_at - interval '59 s'");
  context.setNow(new Date(first.scheduledAt.getTime() + 1_000));
  const [second] = await claim();
  if (!second) throw new Error("nothing was due");
  await storeResults(context, [finished(second, "crashed")]);
  expect(await context.db.healthCheck.findUniqueOrThrow({ where: { id: row.id } })).toMatchObject({
    status: "crashed",
    statusSince: new Date(second.scheduledAt.getTime() + 2),
    consecutiveFailures: 2,
  });
  const results = await context.db.healthCheckResult.findMany({ orderBy: { scheduledAt: "asc" } });
  expect(results).toMatchObject([
    { status: "failed", state: "ok", shortSummary: '"failed", \\ {x}' },
    { status: "crashed", state: "crashed" },
  ]);
  const days = await context.db.healthCheckDay.findMany({});
  expect(days.reduce((sum, day) => sum + day.failed + 10 * day.crashed, 0)).toBe(11);
  expect(days.reduce((sum, day) => sum + day.durationMsSum, 0)).toBe(25);
});

test("a run whose lease was lost or whose check is gone is left out, the others of its batch stay", async () => {
  const rows = [await addCheck(context), await addCheck(context), await addCheck(context), await addCheck(context)];
  const claimed = await claim();
  const [taken, deleted, moved] = rows;
  await context.db.healthCheck.update({ where: { id: taken?.id ?? "" }, data: { leaseOwner: randomUUID() } });
  await context.db.healthCheck.delete({ where: { id: deleted?.id ?? "" } });
  await context.db.healthCheck.update({ where: { id: moved?.id ?? "" }, data: { nextDueAt: new Date(1) } });
  expect(
    await storeResults(
      context,
      claimed.map((check) => finished(check, "ok")),
    ),
  ).toBe(1);
  expect(await context.db.healthCheckResult.count()).toBe(1);
});

test("stored twice, a run counts once", async () => {
  await addCheck(context);
  const runs = (await claim()).map((check) => finished(check, "ok"));
  expect(
    await Promise.all([storeResults(context, runs), storeResults(context, runs)]).then((counts) => counts.toSorted()),
  ).toEqual([0, 1]);
  expect(await context.db.healthCheckDay.findMany({})).toMatchObject([{ ok: 1 }]);
});

test("one notification a batch says whether a state flipped; none when nothing was stored", async () => {
  const listener = new Client({ connectionString: context.databaseUrl });
  await listener.connect();
  const heard: unknown[] = [];
  listener.on("notification", ({ payload }) => heard.push(JSON.parse(payload ?? "")));
  await listener.query("LISTEN watchkeeper");
  await addCheck(context);
  await addCheck(context, { status: "ok" });
  const runs = (await claim()).map((check) => finished(check, "ok"));
  await storeResults(context, runs);
  await storeResults(context, runs);
  await context.db.healthCheck.updateMany({ data: { nextDueAt: context.now() } });
  await storeResults(
    context,
    (await claim()).map((check) => finished(check, "ok")),
  );
  // A connection hears notifications before the answer to what it asks later.
  await listener.query("SELECT 1");
  await listener.end();
  expect(heard).toEqual([
    { topic: "checks", flip: true },
    { topic: "checks", flip: false },
  ]);
});

test("failed and crashed results are downtime from their slot to the next due time; nothing else is, and none of maintenance", async () => {
  context.setNow("2028-02-29T12:00:00Z");
  await makePartitions(context.sql, context.now(), context.now());
  const check = await addCheck(context, { intervalSeconds: 60 });
  const store = async (status: CheckStatus) => {
    const [run] = await claim();
    if (!run) throw new Error("nothing was due");
    const done = finished(run, status);
    const nextDueAt = nextSlot(run.id, 60, run.scheduledAt);
    await storeResults(context, [{ ...done, nextDueAt }]);
    context.setNow(nextDueAt);
    return (nextDueAt.getTime() - run.scheduledAt.getTime()) / 1000;
  };
  const downtime = async () =>
    (await context.db.healthCheckDay.findMany({ where: { checkId: check.id } })).map(({ day, downSeconds }) => [
      day.toISOString().slice(0, 10),
      downSeconds,
    ]);
  const first = await store("failed");
  expect(first).toBeLessThanOrEqual(60);
  await store("ok");
  await store("crashed");
  await store("warning");
  await store("skipped");
  expect(await downtime()).toEqual([["2028-02-29", first + 60]]);

  await context.db.maintenanceWindow.create({
    data: {
      label: "Move",
      matchers: [],
      recurrence: "once",
      timezone: "UTC",
      startsAt: new Date(context.now().getTime() - 1_000),
      endsAt: new Date(context.now().getTime() + 60_000),
      createdBy: "Ada",
    },
  });
  // Windows are read each 15 s at most.
  context.advance(15);
  await store("failed");
  expect(await downtime()).toEqual([["2028-02-29", first + 60]]);
});
