import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { claimSlot, takeOverSlots } from "./claim-slot";
import { runSlot } from "./run-slot";

const context = await createTestContext();
const slot = new Date("2026-11-20T12:00:00Z");

async function claim(task: string, leaseSeconds = 60) {
  const claimed = await claimSlot(context.sql, { task, slot, workerId: randomUUID(), leaseSeconds });
  if (!claimed) throw new Error("the slot was not claimed");
  return claimed;
}
const rowOf = async (task: string) =>
  (await context.sql.query("SELECT status, attempt, error FROM job_runs WHERE task = $1", [task])).rows[0];

test("a run that ends well is stored as done", async () => {
  await runSlot(context, await claim("well"), 60, async (run) => expect(run.slot).toEqual(slot));
  expect(await rowOf("well")).toEqual({ status: "done", attempt: 1, error: null });
});

test("a run that throws is stored with its cause, cut to a sensible length", async () => {
  await runSlot(context, await claim("ill"), 60, () => Promise.reject(new Error("x".repeat(10_000))));
  const row = await rowOf("ill");
  expect(row).toMatchObject({ status: "failed" });
  expect(row.error).toHaveLength(2_000);
});

test("a long run keeps its lease; one that lost it is told, and stores nothing", async () => {
  const claimed = await claim("long", 0.15);
  let reason = "";
  await runSlot(context, claimed, 0.15, async ({ signal }) => {
    // Taken over by hand: as after a pause of the whole process that outlasted the lease.
    await context.sql.query("UPDATE job_runs SET lease_until = now() - interval '1 s' WHERE task = 'long'");
    await takeOverSlots(context.sql, { workerId: randomUUID(), leases: new Map([["long", 60]]) });
    await new Promise((wake) => signal.addEventListener("abort", wake));
    reason = String(signal.reason);
  });
  expect(reason).toContain("another worker has taken this run over");
  expect(await rowOf("long")).toMatchObject({ status: "running", attempt: 2 });
});

test("a lease is renewed while the work goes on", async () => {
  const leaseOf = async () =>
    (await context.sql.query("SELECT lease_until FROM job_runs WHERE task = 'busy'")).rows[0].lease_until.getTime();
  await runSlot(context, await claim("busy", 0.15), 0.15, async () => {
    const first = await leaseOf();
    await expect.poll(leaseOf).toBeGreaterThan(first + 100);
  });
  expect(await rowOf("busy")).toMatchObject({ status: "done", attempt: 1 });
});
