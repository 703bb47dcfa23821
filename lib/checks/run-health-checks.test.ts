import { expect, test } from "vitest";
import { ANONYMOUS } from "@/lib/core/actor";
import { userActor } from "@/lib/testing/actors";
import { addCheck, startHungTarget, startTarget } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import { runHealthChecks } from "./run-health-checks";

const context = await createTestContext();
const target = await startTarget();
const hung = await startHungTarget();

for (let index = 0; index < 40; index++) {
  const isHung = index % 4 === 0;
  await addCheck(context, { key: `${isHung ? "hung" : "good"}-${index}`, config: { url: isHung ? hung : target.url } });
}
await addCheck(context, { key: "paused", pausedAt: new Date(), config: { url: target.url } });

test("40 checks, 10 of them hung: one round takes one time-out, and the others are right", async () => {
  const runs = await runHealthChecks(context, { store: true });
  const starts = runs.map((run) => run.startedAt.getTime());
  const ends = runs.map((run) => run.startedAt.getTime() + run.durationMs);
  expect(Math.max(...ends) - Math.min(...starts)).toBeLessThan(5_000);
  expect(runs).toHaveLength(40);
  const stuck = runs.filter((run) => run.key.startsWith("hung"));
  expect(stuck).toHaveLength(10);
  for (const run of stuck)
    expect(run).toMatchObject({
      status: "failed",
      shortSummary: "timed out",
      message: expect.stringContaining("timed out after 4 s"),
    });
  for (const run of runs.filter((other) => other.key.startsWith("good")))
    expect(run).toMatchObject({ status: "ok", meta: { statusCode: 200 } });
  expect(await context.db.healthCheckResult.count()).toBe(40);
  expect(await context.db.healthCheck.count({ where: { status: "failed" } })).toBe(10);
});

test("without storing nothing is written, and only the named checks run, a paused one too", async () => {
  const before = await context.db.healthCheckResult.count();
  const runs = await runHealthChecks(context.as(userActor("viewer")), { keys: ["good-1", "paused"] });
  expect(runs.map((run) => run.key)).toEqual(["good-1", "paused"]);
  expect(await context.db.healthCheckResult.count()).toBe(before);
});

test("an unknown key is named, and who may not is refused", async () => {
  await expect(runHealthChecks(context, { keys: ["good-1", "nope"] })).rejects.toThrow('There is no check "nope".');
  await expect(runHealthChecks(context.as(ANONYMOUS))).rejects.toMatchObject({ kind: "unauthenticated" });
  await expect(runHealthChecks(context.as(userActor("viewer")), { store: true })).rejects.toMatchObject({
    kind: "forbidden",
  });
});
