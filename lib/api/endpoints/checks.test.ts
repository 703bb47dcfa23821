import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { makeToken } from "@/lib/testing/actors";
import { type ApiCall, callApi } from "@/lib/testing/call-api";
import { createTestContext } from "@/lib/testing/test-context";

const context = await createTestContext();
const target = createServer((_, response) => response.end("fine"));
let url = "";
let token = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => target.listen(0, "127.0.0.1", resolve));
  const address = target.address();
  url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`;
  ({ token } = await makeToken(context, { scopes: ["read", "checks:write"] }));
});
afterAll(() => new Promise((resolve) => target.close(resolve)));

const call = (methodAndPath: string, how: ApiCall = {}) => callApi(context, methodAndPath, { token, ...how });
const created = z.looseObject({ id: z.uuid(), key: z.string() });

test("a check is made, read, changed, run, paused, resumed and deleted", async () => {
  const body = {
    type: "http",
    label: "The shop's front page",
    config: { url },
    intervalSeconds: 60,
    failureThreshold: 2,
  };
  const made = await call("POST /api/v1/checks", { body });
  expect(made.status).toBe(201);
  expect(made.json).toMatchObject({
    ...body,
    key: "the-shop-s-front-page",
    origin: "database",
    status: null,
    state: "unknown",
    lastResult: null,
  });
  const { id, key } = created.parse(made.json);
  const path = `/api/v1/checks/${id}`;

  expect((await call(`GET ${path}`)).json).toEqual(made.json);
  expect((await call(`GET /api/v1/checks/${key}`)).json).toEqual(made.json);
  expect((await call(`PATCH ${path}`, { body: { label: "The shop" } })).json).toMatchObject({
    label: "The shop",
    intervalSeconds: 60,
    config: { url },
  });

  await context.db.worker.create({
    data: { id: crypto.randomUUID(), host: "test", pid: 1, startedAt: new Date(), lastSeenAt: new Date() },
  });
  const run = await call(`POST ${path}/run`);
  expect([run.status, run.json]).toMatchObject([
    200,
    { status: "ok", state: "ok", lastResult: { status: "ok", message: "" } },
  ]);
  expect((await call(`GET ${path}/results`)).json).toMatchObject({
    items: [{ status: "ok", state: "ok" }],
    next: null,
  });
  expect((await call(`GET ${path}/results?to=2020-01-01T00:00:00Z`)).json).toEqual({ items: [], next: null });

  expect((await call(`POST ${path}/pause`)).json).toMatchObject({ state: "paused", pausedAt: expect.any(String) });
  expect((await call(`POST ${path}/resume`)).json).toMatchObject({ state: "ok", pausedAt: null });
  const deleted = await call(`DELETE ${path}`);
  expect([deleted.status, deleted.text]).toEqual([204, ""]);
  expect((await call(`GET ${path}`)).status).toBe(404);
});

test("each wrong field is named", async () => {
  const wrong = await call("POST /api/v1/checks", {
    body: { type: "http", label: " ", config: { url }, intervalSeconds: 5, interval: 60 },
  });
  expect([wrong.status, wrong.json]).toMatchObject([
    422,
    {
      issues: [
        { path: "label" },
        { path: "intervalSeconds" },
        { path: "", message: expect.stringContaining("interval") },
      ],
    },
  ]);
  const config = await call("POST /api/v1/checks", {
    body: { type: "http", label: "x", config: { url: "ftp://x", nothing: 1 } },
  });
  expect([config.status, config.json]).toMatchObject([
    422,
    {
      issues: expect.arrayContaining([
        expect.objectContaining({ path: "config.url" }),
        expect.objectContaining({ path: "config.nothing" }),
      ]),
    },
  ]);
  const type = await call("POST /api/v1/checks", { body: { type: "nothing", label: "x" } });
  expect([type.status, type.json]).toMatchObject([422, { issues: [{ path: "type" }] }]);
  const body = { type: "http", label: "x", key: "taken", config: { url } };
  expect((await call("POST /api/v1/checks", { body })).status).toBe(201);
  expect(await call("POST /api/v1/checks", { body })).toMatchObject({
    status: 409,
    json: { issues: [{ path: "key" }] },
  });
});

test("a check of monitoring.config.ts can't be changed or deleted, but paused", async () => {
  const { id } = await context.db.healthCheck.create({
    data: { key: "of-the-file", type: "http", label: "x", config: { url }, origin: "file" },
  });
  expect((await call(`PATCH /api/v1/checks/${id}`, { body: { label: "y" } })).status).toBe(409);
  expect((await call(`DELETE /api/v1/checks/${id}`)).status).toBe(409);
  expect((await call(`POST /api/v1/checks/${id}/pause`)).status).toBe(200);
});

test("the list is filtered and goes on by its cursor", async () => {
  await context.db.healthCheck.deleteMany();
  for (const label of ["c", "a", "b"])
    await call("POST /api/v1/checks", { body: { type: "http", label, config: { url } } });
  const page = z.object({ items: z.array(z.looseObject({ label: z.string() })), next: z.string().nullable() });
  const first = page.parse((await call("GET /api/v1/checks?limit=2")).json);
  const second = page.parse((await call(`GET /api/v1/checks?limit=2&cursor=${first.next}`)).json);
  expect([...first.items, ...second.items].map((check) => check.label)).toEqual(["a", "b", "c"]);
  expect(second.next).toBeNull();
  expect((await call("GET /api/v1/checks?query=b&status=unknown&type=http")).json).toMatchObject({
    items: [{ label: "b" }],
  });
  expect((await call("GET /api/v1/checks?status=red")).status).toBe(422);
});

test("the kinds of checks come with their fields", async () => {
  const { json } = await call("GET /api/v1/check-types");
  expect(json).toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({ type: "http", config: expect.objectContaining({ type: "object", required: ["url"] }) }),
    ]),
  });
});

test("who makes a check with several things wrong hears of all of them at once, those of its config too", async () => {
  const body = { type: "http", label: "", config: { url: "ftp://x", nope: 1 }, intervalSeconds: 3, color: "red" };
  const { status, json } = await call("POST /api/v1/checks", { body });
  expect(status).toBe(422);
  const { issues } = z.object({ issues: z.array(z.object({ path: z.string() })) }).parse(json);
  const paths = issues.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(["label", "intervalSeconds", "config.url", "config.nope"]));
});
