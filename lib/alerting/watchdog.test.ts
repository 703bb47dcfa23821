import { expect, test } from "vitest";
import { addChannel, alertLines } from "@/lib/testing/alerting";
import { createTestContext } from "@/lib/testing/test-context";
import { pruneAlerts } from "./prune-alerts";
import { createRule } from "./rules/write-rule";
import { startWatchdog } from "./watchdog";

const context = await createTestContext();

test("a worker that is gone: the web process raises the alert and sends until one is seen again; what is old is pruned", async () => {
  await addChannel(context);
  await createRule(context, { label: "Worker silent", source: "worker-silent", severity: "critical" });
  const worker = "6b8f7d0e-7b2b-4d0e-9a39-0f5a3f1c2d11";
  const seen = (secondsAgo: number) =>
    context.sql.query(
      `INSERT INTO workers (id, host, pid, started_at, last_seen_at) VALUES ($1, 'h', 1, now(), now() - make_interval(secs => $2))
       ON CONFLICT (id) DO UPDATE SET last_seen_at = excluded.last_seen_at`,
      [worker, secondsAgo],
    );
  await seen(200);
  const calls: string[] = [];
  const sender = {
    start: () => void calls.push("start"),
    wake: () => void calls.push("wake"),
    stop: async () => void calls.push("stop"),
  };
  const watchdog = startWatchdog(context, () => sender, 20);
  await expect.poll(() => alertLines(context)).toEqual(["firing critical Worker"]);
  await expect.poll(() => calls.slice(0, 2)).toEqual(["start", "wake"]);
  await seen(0);
  await expect.poll(() => calls.at(-1)).toBe("stop");
  await watchdog.stop();

  await context.sql.query(
    "UPDATE alerts SET state = 'resolved', open_fingerprint = NULL, resolved_at = now() - interval '31 days'",
  );
  expect(await pruneAlerts(context.sql, new Date(), 30)).toBe(1);
  expect(await alertLines(context)).toEqual([]);
});
