import { beforeAll, expect, test } from "vitest";
import { makeToken } from "@/lib/testing/actors";
import { callApi } from "@/lib/testing/call-api";
import { createTestContext } from "@/lib/testing/test-context";

const context = await createTestContext();
let token = "";
beforeAll(async () => {
  ({ token } = await makeToken(context, { scopes: ["read", "incidents:write"] }));
});
const call = (methodAndPath: string, body?: object) => callApi(context, methodAndPath, { token, body });

test("a deploy is told and listed, the latest first, by service and time", async () => {
  context.setNow("2026-11-27T12:00:00Z");
  const { status, json } = await call("POST /api/v1/deploys", {
    service: "shop-api",
    version: "2.4.1",
    environment: "production",
    description: "Faster carts",
    url: "https://git.example.com/releases/2.4.1",
  });
  expect(status).toBe(201);
  expect(json).toMatchObject({
    service: "shop-api",
    at: "2026-11-27T12:00:00.000Z",
    createdBy: "may read incidents:write",
  });
  await call("POST /api/v1/deploys", { service: "mail", at: "2026-11-27T11:00:00+01:00" });
  await call("POST /api/v1/deploys", { service: "shop-api", version: "2.4.0", at: "2026-11-26T09:00:00Z" });
  const services = async (query: string) => (await call(`GET /api/v1/deploys${query}`)).json;
  expect(await services("")).toMatchObject({
    items: [{ version: "2.4.1" }, { service: "mail", at: "2026-11-27T10:00:00.000Z" }, { version: "2.4.0" }],
    next: null,
  });
  expect(await services("?service=shop-api&from=2026-11-27T00:00:00Z")).toMatchObject({
    items: [{ version: "2.4.1" }],
  });
  expect(await services("?limit=2")).toMatchObject({ items: [{}, {}], next: expect.any(String) });
});

test.each([
  [{}, "service"],
  [{ service: "x".repeat(121) }, "service"],
  [{ service: "shop", at: "2026-11-28T12:00:00Z" }, "at"],
  [{ service: "shop", at: "yesterday" }, "at"],
  [{ service: "shop", url: "javascript:alert(1)" }, "url"],
])("%o is refused at its field", async (body, path) => {
  context.setNow("2026-11-27T12:00:00Z");
  const { status, json } = await call("POST /api/v1/deploys", body);
  expect(status).toBe(422);
  expect(json).toMatchObject({ issues: [expect.objectContaining({ path })] });
});
