import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { ANONYMOUS } from "@/lib/core/actor";
import { addCheck } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import type { CheckStatus } from "./define-check";
import { listCheckDurations } from "./list-check-durations";

const context = await createTestContext();
const from = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);
const to = new Date(from.getTime() + 600_000);

async function addResult(checkId: string, second: number, durationMs: number, status: CheckStatus = "ok") {
  const at = new Date(from.getTime() + second * 1000);
  const texts = { shortSummary: "", message: "", meta: {} };
  await context.db.healthCheckResult.create({
    data: { checkId, scheduledAt: at, startedAt: at, durationMs, status, state: status, ...texts },
  });
}

test("each piece has the mean of its runs, and none where nothing ran", async () => {
  const { id } = await addCheck(context);
  await addResult(id, 0, 10);
  await addResult(id, 59, 30);
  await addResult(id, 60, 100, "failed");
  await addResult(id, 120, 5_000, "skipped");
  await addResult(id, 599, 40);
  await addResult(id, 600, 999);
  const nobody = randomUUID();
  const durations = await listCheckDurations(context, { checkIds: [id, nobody], from, to, points: 10 });
  expect(durations.get(id)).toEqual([20, 100, null, null, null, null, null, null, null, 40]);
  expect(durations.get(nobody)).toEqual(new Array(10).fill(null));
});

test("a time that ends before it begins, or pieces without end, are refused; who may not read too", async () => {
  const ask = (input: Partial<Parameters<typeof listCheckDurations>[1]>, asking = context.as(context.actor)) =>
    listCheckDurations(asking, { checkIds: [], from, to, points: 10, ...input });
  await expect(ask({ to: from })).rejects.toMatchObject({ kind: "invalid" });
  await expect(ask({ points: 0 })).rejects.toMatchObject({ kind: "invalid" });
  await expect(ask({ points: 501 })).rejects.toThrow("1 to 500 points");
  await expect(ask({}, context.as(ANONYMOUS))).rejects.toMatchObject({ kind: "unauthenticated" });
});
