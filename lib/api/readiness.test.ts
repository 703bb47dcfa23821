import { expect, test } from "vitest";
import { callApi } from "@/lib/testing/call-api";
import { createTestContext } from "@/lib/testing/test-context";
import { decideReadiness } from "./readiness";

const context = await createTestContext();
const NOW = new Date("2031-01-01T00:10:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

test.each([
  ["all is there", { applied: ["1", "2"], workerSeenAt: ago(89) }, [true, true, true]],
  ["a newer database is fine", { applied: ["1", "2", "3"], workerSeenAt: ago(0) }, [true, true, true]],
  ["a migration is missing", { applied: ["1"], workerSeenAt: ago(0) }, [true, false, true]],
  ["the worker is silent", { applied: ["1", "2"], workerSeenAt: ago(91) }, [true, true, false]],
  ["there never was a worker", { applied: ["1", "2"], workerSeenAt: null }, [true, true, false]],
  ["the database is away", null, [false, false, false]],
])("%s", (_, facts, [database, migrations, worker]) => {
  const readiness = decideReadiness(facts, ["1", "2"], NOW);
  expect([readiness.database.ok, readiness.migrations.ok, readiness.worker.ok]).toEqual([database, migrations, worker]);
  expect(readiness.ready).toBe(database && migrations && worker);
});

test("not ready without a worker, ready with one, and again not when it falls silent", async () => {
  context.setNow(NOW);
  const before = await callApi(context, "GET /api/ready");
  expect(before.status).toBe(503);
  expect(before.json).toMatchObject({
    ready: false,
    database: { ok: true },
    migrations: { ok: true },
    worker: { ok: false, message: "No worker was ever seen." },
  });

  await context.db.worker.create({
    data: { id: crypto.randomUUID(), host: "test", pid: 1, startedAt: NOW, lastSeenAt: NOW },
  });
  context.advance(1);
  const after = await callApi(context, "GET /api/ready");
  expect([after.status, after.json]).toMatchObject([200, { ready: true }]);

  context.advance(91);
  expect((await callApi(context, "GET /api/ready")).json).toMatchObject({
    worker: { message: `No worker was seen since ${NOW.toISOString()}.` },
  });
});

test("a database without the migrations says which are missing", async () => {
  await context.sql.query("DROP TABLE _prisma_migrations");
  context.advance(2);
  expect((await callApi(context, "GET /api/ready")).json).toMatchObject({
    migrations: { ok: false, message: expect.stringContaining("_foundation") },
  });
});
