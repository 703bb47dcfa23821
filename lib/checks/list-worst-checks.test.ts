import { expect, test } from "vitest";
import { ANONYMOUS } from "@/lib/core/actor";
import { addCheck } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import { countCheckStates } from "./count-check-states";
import type { CheckStatus } from "./define-check";
import { listChecks } from "./list-checks";
import { listWorstChecks } from "./list-worst-checks";

const context = await createTestContext();
const now = new Date("2026-03-01T12:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

/** A check that has been in its state for so long. */
const add = (label: string, status: CheckStatus | null, sinceSeconds: number, lastSeconds = 10) =>
  addCheck(context, {
    label,
    status,
    statusSince: status && ago(sinceSeconds),
    lastResultAt: status && ago(lastSeconds),
    intervalSeconds: 60,
  });

test("without any check there is nothing to list", async () => {
  context.setNow(now);
  expect(await listWorstChecks(context, { limit: 5 })).toMatchObject({ checks: [], counts: { ok: 0, failed: 0 } });
});

test("the worst come first, the longest in trouble before the others, and all are counted", async () => {
  await context.sql.query(
    "INSERT INTO workers (id, host, pid, started_at, last_seen_at) VALUES (gen_random_uuid(), 'here', 1, $1, $1)",
    [now],
  );
  await add("Ok B", "ok", 10);
  await add("Ok A", "ok", 10);
  await add("Short", "failed", 10);
  await add("Long", "failed", 1_000);
  await add("Slow", "warning", 10);
  await add("Broken", "crashed", 10);
  await add("Old", "ok", 10, 1_000);
  await add("New", null, 0);
  await addCheck(context, { label: "Paused", status: "failed", pausedAt: now });

  const all = await listWorstChecks(context, { limit: 20 });
  expect(all.checks.map((check) => `${check.label}: ${check.state}`)).toEqual([
    "Long: failed",
    "Short: failed",
    "Broken: crashed",
    "Slow: warning",
    "Old: stale",
    "New: unknown",
    "Ok A: ok",
    "Ok B: ok",
    "Paused: paused",
  ]);
  expect(all).toMatchObject({ workerSilent: false, workerLastSeenAt: now });
  // The list has the same order, over the border of its pages too.
  const pages: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await listChecks(context, { sort: "worst", limit: 2, ...(cursor && { cursor }) });
    pages.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  }
  expect(pages).toEqual(all.checks.map(({ id }) => id));
  const few = await listWorstChecks(context, { limit: 2 });
  expect(few.checks.map((check) => check.label)).toEqual(["Long", "Short"]);
  expect(few.counts).toEqual({
    ok: 2,
    warning: 1,
    failed: 2,
    crashed: 1,
    maintenance: 0,
    paused: 1,
    stale: 1,
    unknown: 1,
  });
  expect(few.counts).toEqual(await countCheckStates(context));
});

test("while no worker watches nothing counts as passing", async () => {
  context.advance(91);
  const { counts, workerSilent } = await listWorstChecks(context, { limit: 1 });
  expect(workerSilent).toBe(true);
  expect(counts).toMatchObject({ ok: 0, failed: 0, stale: 7, paused: 1, unknown: 1 });
});

test("who may not read is refused", async () => {
  await expect(listWorstChecks(context.as(ANONYMOUS), { limit: 1 })).rejects.toMatchObject({
    kind: "unauthenticated",
  });
});
