import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SILENT } from "@/lib/core/log";
import { openDatabase } from "@/lib/db/client";
import { startTcpProxy } from "@/lib/testing/tcp-proxy";
import { createTestContext } from "@/lib/testing/test-context";
import { keepWorkerRow } from "./worker-row";

const context = await createTestContext();

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

const seenAt = async (id: string): Promise<number> =>
  (await context.sql.query("SELECT last_seen_at FROM workers WHERE id = $1", [id])).rows[0].last_seen_at.getTime();

test("the row is there at once, and fresh every five seconds until it ends", async () => {
  const id = randomUUID();
  const end = await keepWorkerRow(context, id);
  const first = await seenAt(id);
  vi.advanceTimersByTime(5_000);
  await expect.poll(() => seenAt(id)).toBeGreaterThan(first);
  end();
  const last = await seenAt(id);
  vi.advanceTimersByTime(60_000);
  expect(await seenAt(id)).toBe(last);
});

test("while the database is away it goes on trying, and says so once", async () => {
  const { hostname, port } = new URL(context.databaseUrl);
  const proxy = await startTcpProxy({ host: hostname, port: Number(port) });
  const url = new URL(context.databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(proxy.port);
  const { sql, close } = openDatabase(url.href, { name: "test", log: SILENT, max: 1 });
  const log = { ...SILENT, error: vi.fn(), info: vi.fn() };
  const lines = () => [...log.error.mock.calls, ...log.info.mock.calls].map(([, line]) => line);
  const id = randomUUID();
  const end = await keepWorkerRow({ sql, log }, id);
  const first = await seenAt(id);
  await proxy.cut();
  vi.advanceTimersByTime(5_000);
  await expect.poll(lines).toEqual(["the database is away; going on when it is back"]);
  vi.advanceTimersByTime(5_000);
  await proxy.mend();
  await expect
    .poll(() => {
      vi.advanceTimersByTime(5_000);
      return lines();
    })
    .toEqual(["the database is away; going on when it is back", "the database is back"]);
  expect(await seenAt(id)).toBeGreaterThan(first);
  end();
  await close();
  await proxy.cut();
});
