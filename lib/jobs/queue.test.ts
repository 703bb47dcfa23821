import { expect, test, vi } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { openQueue } from "./queue";

const context = await createTestContext();
const heartbeats = async (): Promise<string[]> =>
  (await context.sql.query("SELECT state::text FROM pgboss.job WHERE name = 'heartbeat'")).rows.map(
    ({ state }) => state,
  );

test("a heartbeat job is fetched and completed by the worker that works on the queue", async () => {
  const queue = await openQueue(context);
  await queue.sendHeartbeat();
  await expect.poll(heartbeats, { timeout: 10_000 }).toEqual(["completed"]);
  await queue.stop();
});

test("after a stop nothing is fetched, and a queue that was made before opens again", async () => {
  const first = await openQueue(context);
  await first.sendHeartbeat();
  await first.stop();
  const second = await openQueue(context);
  await expect.poll(heartbeats, { timeout: 10_000 }).toEqual(["completed", "completed"]);
  await second.stop();
});

test("without a database it says so and throws", async () => {
  const log = { ...context.log, warn: vi.fn() };
  const sql = Object.assign(Object.create(context.sql), { connect: () => Promise.reject(new Error("gone")) });
  await expect(openQueue({ sql, log })).rejects.toThrow("gone");
  expect(log.warn).toHaveBeenCalledWith({ error: "gone" }, "the job queue cannot reach its tables");
});
