import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { claimSlot, finishSlot, renewSlot, takeOverSlots } from "./claim-slot";

const { sql } = await createTestContext();
const slot = new Date("2026-11-20T12:00:00Z");
const claim = (task: string, leaseSeconds = 60, workerId: string = randomUUID()) =>
  claimSlot(sql, { task, slot, workerId, leaseSeconds });
const rowOf = async (task: string) =>
  (await sql.query("SELECT status, attempt, error FROM job_runs WHERE task = $1", [task])).rows[0];

test("of twenty workers that ask for a slot at once, one gets it", async () => {
  const claims = await Promise.all(Array.from({ length: 20 }, () => claim("rush")));
  expect(claims.filter(Boolean)).toHaveLength(1);
  expect(await claim("rush")).toBeUndefined();
});

test("a slot that was run is not run again, nor taken over", async () => {
  const claimed = await claim("once", -1);
  expect(claimed && (await finishSlot(sql, claimed))).toBe(true);
  expect(await claim("once")).toBeUndefined();
  expect(await takeOverSlots(sql, { workerId: randomUUID(), leases: new Map([["once", 60]]) })).toEqual([]);
  expect(await rowOf("once")).toMatchObject({ status: "done", attempt: 1 });
});

test("a dead worker's run goes to one other worker, once its lease has ended", async () => {
  const leases = new Map([["orphan", 60]]);
  const claimed = await claim("orphan", 60);
  expect(await takeOverSlots(sql, { workerId: randomUUID(), leases })).toEqual([]);
  if (!claimed) throw new Error("the slot was not claimed");
  expect(await renewSlot(sql, claimed, -1)).toBe(true);

  const takers = await Promise.all([1, 2, 3].map(() => takeOverSlots(sql, { workerId: randomUUID(), leases })));
  expect(takers.flat()).toMatchObject([{ task: "orphan", slot, attempt: 2 }]);

  // The first worker was only slow: what it stores now is refused.
  expect(await renewSlot(sql, claimed, 60)).toBe(false);
  expect(await finishSlot(sql, claimed)).toBe(false);
});

test("tasks that this worker does not know are left to others", async () => {
  await claim("from-the-future", -1);
  expect(await takeOverSlots(sql, { workerId: randomUUID(), leases: new Map([["other", 60]]) })).toEqual([]);
});

test("a run that kills every worker is given up after five", async () => {
  const leases = new Map([["deadly", -1]]);
  await claim("deadly", -1);
  for (let attempt = 2; attempt <= 5; attempt++) {
    expect(await takeOverSlots(sql, { workerId: randomUUID(), leases })).toMatchObject([{ task: "deadly", attempt }]);
  }
  expect(await takeOverSlots(sql, { workerId: randomUUID(), leases })).toEqual([]);
  expect(await rowOf("deadly")).toMatchObject({ status: "failed", error: expect.stringContaining("5 attempts") });
});
