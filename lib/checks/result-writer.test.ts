import { randomUUID } from "node:crypto";
import { Pool } from "pg";
import { afterEach, expect, test, vi } from "vitest";
import { addCheck } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import { decideState } from "./check-state";
import { type ClaimedCheck, claimDueChecks } from "./claim-checks";
import { createResultWriter } from "./result-writer";
import type { FinishedRun } from "./run-claimed";

afterEach(() => void vi.useRealTimers());

const context = await createTestContext();

const finished = (check: ClaimedCheck, message: string): FinishedRun => ({
  check,
  result: { status: "ok", shortSummary: "1 ms", message, meta: {}, startedAt: check.scheduledAt, durationMs: 1 },
  decision: decideState(check, "ok", 1),
  nextDueAt: new Date(check.scheduledAt.getTime() + 60_000),
});

test("a result that the database refuses is given up alone; the rest of its batch is stored", async () => {
  for (let index = 0; index < 20; index++) await addCheck(context);
  const claimed = await claimDueChecks(context, { owner: randomUUID(), limit: 20 });
  const settled: string[] = [];
  const writer = createResultWriter(context, (run) => settled.push(run.check.id));
  // PostgreSQL's text holds no NUL; the runner takes it out, so that only a fault of ours brings one here.
  claimed.forEach((check, index) => writer.add(finished(check, index === 13 ? "a \0 in it" : "")));
  await writer.close(5_000);
  expect(settled).toHaveLength(20);
  const stored = await context.db.healthCheckResult.findMany({ select: { checkId: true } });
  expect(stored.map((row) => row.checkId).toSorted()).toEqual(
    claimed
      .filter((_, index) => index !== 13)
      .map((check) => check.id)
      .toSorted(),
  );
});

test("close gives up at its deadline when the database stays away", async () => {
  const { key } = await addCheck(context, { key: "unlucky" });
  const claimed = await claimDueChecks(context, { owner: randomUUID(), limit: 50 });
  const sql = new Pool({ host: "127.0.0.1", port: 9, connectionTimeoutMillis: 500 });
  const settled: string[] = [];
  const writer = createResultWriter({ ...context, sql }, (run) => settled.push(run.check.id));
  for (const check of claimed.filter((other) => other.key === key)) writer.add(finished(check, ""));
  const start = performance.now();
  await writer.close(600);
  expect(performance.now() - start).toBeLessThan(3_000);
  expect(settled).toEqual([]);
  await sql.end();
});

test("a flip is stored at once, and takes along what waits for company", async () => {
  for (let index = 0; index < 30; index++) await addCheck(context);
  const claimed = await claimDueChecks(context, { owner: randomUUID(), limit: 30 });
  const calm = claimed.map((check) => finished({ ...check, status: "ok" as const }, ""));
  const [flip, ...others] = calm;
  if (!flip) throw new Error("nothing was claimed");
  const settled: string[] = [];
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  const writer = createResultWriter(context, (run) => settled.push(run.check.id));
  for (const run of others) writer.add({ ...run, decision: { ...run.decision, flipped: false } });
  // Many, and none of them a flip: they wait longer than a few would.
  await vi.advanceTimersByTimeAsync(500);
  expect(vi.getTimerCount()).toBe(1);
  expect(settled).toEqual([]);
  writer.add({ ...flip, decision: { ...flip.decision, flipped: true } });
  await vi.advanceTimersByTimeAsync(50);
  await expect.poll(() => settled.length).toBe(claimed.length);
  vi.useRealTimers();
  await writer.close(1_000);
});

test("while the database is away every result is kept, and stored when it is back", async () => {
  for (let index = 0; index < 12; index++) await addCheck(context);
  const claimed = await claimDueChecks(context, { owner: randomUUID(), limit: 12 });
  let isAway = true;
  const sql = new Proxy(context.sql, {
    get: (pool, name) =>
      name === "query" && isAway
        ? () => Promise.reject(new Error("connect ECONNREFUSED"))
        : Reflect.get(pool, name, pool),
  });
  const settled: string[] = [];
  const writer = createResultWriter({ ...context, sql }, (run) => settled.push(run.check.id));
  for (const check of claimed) writer.add(finished(check, ""));
  await new Promise((wake) => setTimeout(wake, 700));
  expect(settled).toEqual([]);
  isAway = false;
  await expect.poll(() => settled.length).toBe(claimed.length);
  await writer.close(1_000);
});
