import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { addCheck } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import { LEASE_MARGIN_MS, claimChecksNow, claimDueChecks, releaseChecks } from "./claim-checks";

const context = await createTestContext();
const start = new Date("2026-11-23T12:00:00Z");
const [alice, bob] = [randomUUID(), randomUUID()];

beforeEach(async () => {
  await context.sql.query("DELETE FROM health_checks");
  context.setNow(start);
});

const slotsOf = (claimed: { scheduledAt: Date }[]) => claimed.map((check) => check.scheduledAt.toISOString());

test("each due check goes to one of many workers that claim at the same time", async () => {
  for (let index = 0; index < 60; index++) await addCheck(context);
  const claims = await Promise.all(
    Array.from({ length: 6 }, () => claimDueChecks(context, { owner: randomUUID(), limit: 20 })),
  );
  const ids = claims.flat().map((check) => check.id);
  expect(new Set(ids).size).toBe(ids.length);
  const rest = await claimDueChecks(context, { owner: alice, limit: 100 });
  expect(ids.length + rest.length).toBe(60);
});

test("only what is due, or will be in the time ahead, and is not paused", async () => {
  await addCheck(context, { key: "due" });
  await addCheck(context, { key: "soon", nextDueAt: new Date("2026-11-23T12:00:01Z") });
  await addCheck(context, { key: "later", nextDueAt: new Date("2026-11-23T12:00:02Z") });
  await addCheck(context, { key: "paused", pausedAt: start });
  const claimed = await claimDueChecks(context, { owner: alice, limit: 10, aheadMs: 1_500 });
  expect(claimed.map((check) => check.key).toSorted()).toEqual(["due", "soon"]);
});

test("a lease lasts from the slot for the time-out and the margin; then another worker takes the same slot", async () => {
  await addCheck(context, { timeoutSeconds: 4, nextDueAt: new Date("2026-11-23T12:00:01Z"), intervalSeconds: 60 });
  const [first] = await claimDueChecks(context, { owner: alice, limit: 1, aheadMs: 1_500 });
  expect(first?.leaseUntil.getTime()).toBe(start.getTime() + 1_000 + 4_000 + LEASE_MARGIN_MS);
  context.setNow(new Date(start.getTime() + 1_000 + 4_000 + LEASE_MARGIN_MS));
  expect(await claimDueChecks(context, { owner: bob, limit: 1 })).toEqual([]);
  context.advance(0.001);
  const taken = await claimDueChecks(context, { owner: bob, limit: 1 });
  expect(slotsOf(taken)).toEqual(["2026-11-23T12:00:01.000Z"]);
});

test("of missed slots the newest is run, on the same grid", async () => {
  await addCheck(context, { intervalSeconds: 20, nextDueAt: new Date("2026-11-20T11:59:47.123Z") });
  expect(slotsOf(await claimDueChecks(context, { owner: alice, limit: 1 }))).toEqual(["2026-11-23T11:59:47.123Z"]);
});

test("a worker does not take again what it still works on", async () => {
  const { id } = await addCheck(context);
  await claimDueChecks(context, { owner: alice, limit: 1 });
  context.advance(60);
  expect(await claimDueChecks(context, { owner: alice, limit: 1, except: [id] })).toEqual([]);
  expect(await claimDueChecks(context, { owner: bob, limit: 1 })).toHaveLength(1);
});

test("what is given back can be claimed at once, but not what another one holds meanwhile", async () => {
  await addCheck(context);
  const mine = await claimDueChecks(context, { owner: alice, limit: 1 });
  await releaseChecks(context, mine);
  const theirs = await claimDueChecks(context, { owner: bob, limit: 1 });
  expect(theirs).toHaveLength(1);
  await releaseChecks(context, mine);
  expect(await claimDueChecks(context, { owner: alice, limit: 1 })).toEqual([]);
});

test("a run by hand takes the lease, also of a paused check, at a slot of its own", async () => {
  const { id } = await addCheck(context, { pausedAt: start, lastResult: { scheduledAt: start.toISOString() } });
  const [claimed] = await claimChecksNow(context, { owner: bob, ids: [id] });
  expect(claimed).toMatchObject({ owner: bob, scheduledAt: new Date(start.getTime() + 1) });
});
