import { expect, test } from "vitest";
import { runType } from "@/lib/testing/run-type";
import { createTestContext } from "@/lib/testing/test-context";
import { judgeTick, schedule } from "./schedule";

const context = await createTestContext();
const limits = { warningAboveSeconds: 90, failedAboveSeconds: 150 };

test.each([
  [10, 3600, "ok", undefined],
  [100, 3600, "warning", "The scheduler last ticked 1 min 40 s ago (limit 1 min 30 s): is a worker running?"],
  [200, undefined, "failed", "The scheduler last ticked 3 min 20 s ago (limit 2 min 30 s): is a worker running?"],
  [200, 30, "warning", "The scheduler last ticked 3 min 20 s ago (limit 2 min 30 s); the worker started 30 s ago."],
  [undefined, 5, "warning", "The scheduler has not ticked yet; the worker started 5 s ago."],
  [undefined, undefined, "failed", "The scheduler has never ticked: is a worker running?"],
  [undefined, 500, "failed", "The scheduler has never ticked: is a worker running?"],
])("last tick %s s ago, worker since %s s: %s", (tick, worker, status, message) => {
  const answer = judgeTick(limits, tick, worker);
  expect(answer.status).toBe(status);
  expect(answer.message).toBe(message);
});

test("the age is read from the last tick that was run", async () => {
  const now = new Date("2026-11-20T12:00:00Z");
  const run = () => runType(schedule, {}, { sql: context.sql, now: () => now });
  expect(await run()).toMatchObject({ status: "failed", shortSummary: "never ticked" });
  await context.sql.query(
    `INSERT INTO job_runs (task, slot, worker_id, status, started_at, lease_until)
     SELECT 'tick', at, gen_random_uuid(), 'done', at, at FROM unnest($1::timestamptz[]) AS at`,
    [[new Date(now.getTime() - 100_000), new Date(now.getTime() - 40_000)]],
  );
  expect(await run()).toMatchObject({ status: "ok", shortSummary: "40 s ago", meta: { tickAgeSeconds: 40 } });
});
