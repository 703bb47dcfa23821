import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { beforeEach, expect, test } from "vitest";
import { addCheck } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import { SLOT_GRID_MS } from "./slots";
import { freshenChecks } from "./freshen-checks";

const context = await createTestContext();
const now = new Date("2026-11-20T12:00:00Z");
const own = randomUUID();

beforeEach(async () => {
  context.setNow(now);
  await context.sql.query("TRUNCATE workers, health_checks CASCADE");
});

async function addWorker(host: string, pid: number, secondsAgo = 1): Promise<string> {
  const id = randomUUID();
  await context.sql.query(
    `INSERT INTO workers (id, host, pid, started_at, last_seen_at) VALUES ($1, $2, $3, now(), now() - make_interval(secs => $4))`,
    [id, host, pid, secondsAgo],
  );
  return id;
}
const dueIn = async (key: string) => {
  const check = await context.db.healthCheck.findUniqueOrThrow({ where: { key } });
  return (check.nextDueAt.getTime() - now.getTime()) / 1000;
};
const later = new Date(now.getTime() + 200_000);

test("after a restart every frequent check is due within ten seconds, spread, on the grid of slots", async () => {
  // As many as there are places on the grid.
  const count = 10_000 / SLOT_GRID_MS;
  for (let n = 0; n < count; n++) await addCheck(context, { key: `c${n}`, intervalSeconds: 300, nextDueAt: later });
  expect(await freshenChecks(context, own)).toBe(count);
  const due = await Promise.all(Array.from({ length: count }, (_, n) => dueIn(`c${n}`)));
  expect(Math.max(...due)).toBe(10);
  expect(new Set(due).size).toBe(count);
  expect(due.every((seconds) => Number.isInteger(Math.round(seconds * 1000) / SLOT_GRID_MS))).toBe(true);
});

test("short intervals take half of theirs; a check that is due sooner stays; rare and paused ones are left alone", async () => {
  await addCheck(context, { key: "short", intervalSeconds: 10, nextDueAt: new Date(now.getTime() + 9_000) });
  await addCheck(context, { key: "overdue", intervalSeconds: 60, nextDueAt: new Date(now.getTime() - 5_000) });
  await addCheck(context, { key: "daily", intervalSeconds: 86_400, nextDueAt: later });
  await addCheck(context, { key: "paused", intervalSeconds: 60, nextDueAt: later, pausedAt: now });
  await freshenChecks(context, own);
  expect(await dueIn("short")).toBeLessThanOrEqual(5);
  expect(await dueIn("overdue")).toBe(-5);
  expect(await dueIn("daily")).toBe(200);
  expect(await dueIn("paused")).toBe(200);
});

test("a lease of the dead worker ends at once", async () => {
  const dead = await addWorker(hostname(), 2 ** 22 - 1);
  await addCheck(context, { key: "held", leaseOwner: dead, leaseUntil: later });
  expect(await freshenChecks(context, own)).toBe(1);
  expect(await context.db.healthCheck.findUniqueOrThrow({ where: { key: "held" } })).toMatchObject({
    leaseOwner: null,
  });
});

test("a check that another worker has just claimed, which starts at the same moment, stays its own", async () => {
  const starting = randomUUID();
  await addCheck(context, { key: "claimed", leaseOwner: starting, leaseUntil: later, nextDueAt: later });
  expect(await freshenChecks(context, own)).toBe(0);
  expect(await context.db.healthCheck.findUniqueOrThrow({ where: { key: "claimed" } })).toMatchObject({
    leaseOwner: starting,
    nextDueAt: later,
  });
});

test.each([
  ["on this machine", hostname(), process.pid],
  ["on another machine, of which nothing can be known", "elsewhere", 2 ** 22 - 1],
])("while another worker lives %s nothing changes", async (_title, host, pid) => {
  await addCheck(context, { key: "watched", intervalSeconds: 60, nextDueAt: later });
  await addWorker(host, pid);
  expect(await freshenChecks(context, own)).toBe(0);
  expect(await dueIn("watched")).toBe(200);
});

test("a worker that was silent for long counts as gone", async () => {
  await addCheck(context, { key: "watched", intervalSeconds: 60, nextDueAt: later });
  await addWorker("elsewhere", 1, 120);
  expect(await freshenChecks(context, own)).toBe(1);
});
