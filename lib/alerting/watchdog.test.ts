import { expect, onTestFinished, test } from "vitest";
import { addChannel, alertLines } from "@/lib/testing/alerting";
import { createTestContext } from "@/lib/testing/test-context";
import { pruneAlerts } from "./prune-alerts";
import { createRule } from "./rules/write-rule";
import { startWatchdog } from "./watchdog";

const context = await createTestContext();
context.setNow("2026-03-02T08:00:00Z");
await addChannel(context);
await createRule(context, { label: "Worker silent", source: "worker-silent", severity: "critical" });

const seen = (secondsAgo: number) =>
  context.sql.query(
    `INSERT INTO workers (id, host, pid, started_at, last_seen_at) VALUES ('6b8f7d0e-7b2b-4d0e-9a39-0f5a3f1c2d11', 'h', 1, $1, $1)
     ON CONFLICT (id) DO UPDATE SET last_seen_at = excluded.last_seen_at`,
    [new Date(context.now().getTime() - secondsAgo * 1000)],
  );

/** A watchdog, what it has its sender do, and a wait until it has looked once more, from begin to end. */
function startListening() {
  const calls: string[] = [];
  const sender = {
    start: () => void calls.push("start"),
    wake: () => void calls.push("wake"),
    stop: async () => void calls.push("stop"),
  };
  let looks = 0;
  const now = () => {
    looks++;
    return context.now();
  };
  const watchdog = startWatchdog({ ...context, now }, () => sender, 20);
  onTestFinished(() => watchdog.stop());
  const looked = async () => {
    // One more may be under way already.
    const enough = looks + 2;
    await expect.poll(() => looks).toBeGreaterThanOrEqual(enough);
  };
  return { calls, looked };
}

/** More than the silence that is allowed, in looks as they come: a longer gap is one in which nobody listened. */
async function passSilence(looked: () => Promise<void>): Promise<void> {
  for (const seconds of [40, 40, 20]) {
    context.advance(seconds);
    await looked();
  }
}

test("after everything was stopped for long, nobody is told: the worker has its time to come back", async () => {
  await seen(3_600);
  const { calls, looked } = startListening();
  await looked();
  context.advance(80);
  await looked();
  await seen(0);
  context.advance(80);
  await looked();
  expect(await alertLines(context)).toEqual([]);
  expect(calls).toEqual([]);
});

test("nor after the machine slept, or the database was away", async () => {
  await seen(0);
  const { calls, looked } = startListening();
  await looked();
  context.advance(3_600);
  await looked();
  context.advance(80);
  await looked();
  expect(await alertLines(context)).toEqual([]);
  expect(calls).toEqual([]);
});

test("a worker that is gone: the web process raises the alert and sends until one is seen again; what is old is pruned", async () => {
  await seen(200);
  const { calls, looked } = startListening();
  await passSilence(looked);
  await expect.poll(() => alertLines(context)).toEqual(["firing critical Worker"]);
  await expect.poll(() => calls.slice(0, 2)).toEqual(["start", "wake"]);
  await seen(0);
  await expect.poll(() => calls.at(-1)).toBe("stop");

  await context.sql.query("UPDATE alerts SET state = 'resolved', open_fingerprint = NULL, resolved_at = $1", [
    new Date(context.now().getTime() - 31 * 86_400_000),
  ]);
  expect(await pruneAlerts(context.sql, context.now(), 30)).toBe(1);
  expect(await alertLines(context)).toEqual([]);
});
