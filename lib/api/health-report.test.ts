import { createServer } from "node:http";
import { afterAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { createCheck } from "@/lib/checks/create-check";
import { pauseCheck } from "@/lib/checks/pause-check";
import { readEnv } from "@/lib/env";
import { makeToken, userActor } from "@/lib/testing/actors";
import { callApi } from "@/lib/testing/call-api";
import { createTestContext } from "@/lib/testing/test-context";
import { toHealthReport } from "./health-report";

const base = await createTestContext();
const SECRET = "a secret of the puller";
const context = { ...base, env: readEnv({ NODE_ENV: "test", HEALTH_SECRET: SECRET }) };
const withSecret = { headers: { "oh-dear-health-check-secret": SECRET } };

let hits = 0;
const target = createServer((_, response) => {
  hits++;
  response.end("fine");
});
await new Promise<void>((resolve) => target.listen(0, "127.0.0.1", resolve));
afterAll(() => new Promise((resolve) => target.close(resolve)));
const address = target.address();
const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`;

beforeEach(async () => {
  hits = 0;
  await base.db.healthCheck.deleteMany();
  await base.db.worker.deleteMany();
  await base.db.worker.create({
    data: { id: crypto.randomUUID(), host: "test", pid: 1, startedAt: new Date(), lastSeenAt: new Date() },
  });
});

test("the secret header, a token or a session that may read; the refusals are Oh Dear's", async () => {
  const status = async (how: Parameters<typeof callApi>[2]) => (await callApi(context, "GET /api/health", how)).status;
  const { token } = await makeToken(context, { scopes: ["read"] });
  const other = await makeToken(context, { scopes: ["metrics:write"] });
  expect(await status(withSecret)).toBe(200);
  expect(await status({ token })).toBe(200);
  expect(await status({ sessionActor: userActor("viewer") })).toBe(200);
  expect(await status({ token: other.token })).toBe(403);
  const missing = await callApi(context, "GET /api/health");
  expect([missing.status, missing.json]).toMatchObject([403, { detail: "Secret header not set" }]);
  const wrong = await callApi(context, "GET /api/health", {
    headers: { "oh-dear-health-check-secret": "wrong" },
    token,
  });
  expect([wrong.status, wrong.json]).toMatchObject([403, { detail: "Incorrect secret" }]);
  const unset = await callApi(base, "GET /api/health", { headers: { "oh-dear-health-check-secret": "undefined" } });
  expect(unset.status).toBe(403);
});

test("the secret opens nothing else", async () => {
  expect((await callApi(context, "GET /api/v1/checks", withSecret)).status).toBe(401);
});

test("without any result the body is empty; ?fresh runs the checks first", async () => {
  await createCheck(context, { type: "http", label: "The shop", key: "the-shop", config: { url } });
  const empty = await callApi(context, "GET /api/health", withSecret);
  expect([empty.status, empty.text, empty.headers.get("content-type")]).toEqual([200, "", "application/json"]);
  expect(empty.headers.get("cache-control")).toBe("no-store, no-cache, must-revalidate, post-check=0, pre-check=0");

  const { json } = await callApi(context, "GET /api/health?fresh", withSecret);
  expect(json).toEqual({
    finishedAt: expect.any(Number),
    checkResults: [
      {
        name: "TheShop",
        label: "The shop",
        notificationMessage: "",
        shortSummary: expect.stringContaining("ms"),
        status: "ok",
        meta: expect.objectContaining({}),
      },
    ],
  });
  const { finishedAt } = z.object({ finishedAt: z.int() }).parse(json);
  expect(Math.abs(finishedAt - Date.now() / 1000)).toBeLessThan(30);
  expect(hits).toBe(1);
  expect((await callApi(context, "GET /api/health", withSecret)).json).toEqual(json);
  expect(hits).toBe(1);
});

test("askers for fresh results side by side share one run; a paused check is left alone", async () => {
  const { id } = await createCheck(context, { type: "http", label: "Paused", config: { url } });
  await pauseCheck(context, { id });
  await createCheck(context, { type: "http", label: "Runs", config: { url } });
  // The clock stands still, so that what was run in the test before is past its time and this run is not.
  base.setNow(new Date(Date.now() + 5_000));
  await Promise.all(Array.from({ length: 10 }, () => callApi(context, "GET /api/health?fresh=1", withSecret)));
  expect(hits).toBe(1);
  const { json } = await callApi(context, "GET /api/health", withSecret);
  expect(json).toMatchObject({
    checkResults: [
      { name: "Paused", status: "skipped" },
      { name: "Runs", status: "ok" },
    ],
  });
});

const RESULT = {
  scheduledAt: new Date(),
  startedAt: new Date(),
  durationMs: 1,
  status: "ok",
  shortSummary: "fine",
  message: "the cause",
  meta: { a: 1 },
} as const;
const AT = new Date("2031-01-01T00:00:00.900Z");

test.each([
  ["ok", "ok", "the cause"],
  ["warning", "warning", "the cause"],
  ["failed", "failed", "the cause"],
  ["crashed", "crashed", "the cause"],
  ["paused", "skipped", "Paused."],
  ["unknown", "skipped", "the cause"],
  ["stale", "crashed", "No result since 2031-01-01T00:00:00.900Z: nobody is watching."],
] as const)("a check that shows %s is %s there", (state, status, notificationMessage) => {
  const report = toHealthReport([{ key: "disk-space", label: "Disk", state, lastResult: RESULT, lastResultAt: AT }]);
  expect(report).toEqual({
    finishedAt: AT.getTime() / 1000 - 0.9,
    checkResults: [
      { name: "DiskSpace", label: "Disk", notificationMessage, shortSummary: "fine", status, meta: { a: 1 } },
    ],
  });
});

test("a check without a result yet is skipped, and alone no report", () => {
  const fresh = { key: "a", label: "A", state: "unknown", lastResult: null, lastResultAt: null } as const;
  expect(toHealthReport([fresh])).toBeNull();
  const known = { key: "b", label: "B", state: "ok", lastResult: RESULT, lastResultAt: AT } as const;
  expect(toHealthReport([fresh, known])?.checkResults[0]).toEqual({
    name: "A",
    label: "A",
    notificationMessage: "No result yet.",
    shortSummary: "",
    status: "skipped",
    meta: {},
  });
});
