import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { makeToken } from "@/lib/testing/actors";
import { callApi } from "@/lib/testing/call-api";
import { createTestContext } from "@/lib/testing/test-context";

const context = await createTestContext();
let token = "";
beforeAll(async () => {
  ({ token } = await makeToken(context, { scopes: ["read", "alerts:write"] }));
});

const made = z.looseObject({ id: z.string() });
const call = (methodAndPath: string, body?: object) => callApi(context, methodAndPath, { token, body });

test("a rule is made, changed, paused, resumed and deleted", async () => {
  const { status, json } = await call("POST /api/v1/rules", {
    label: "Memory of web",
    source: "metric",
    config: { metric: "memory_usage", threshold: 80, matchers: ["host=web-1"] },
    severity: "critical",
    forSeconds: 120,
    opensIncident: false,
  });
  expect(status).toBe(201);
  expect(json).toMatchObject({
    key: "memory-of-web",
    origin: "database",
    severity: "critical",
    forSeconds: 120,
    opensIncident: false,
  });
  const { id } = made.parse(json);
  expect((await call(`PATCH /api/v1/rules/memory-of-web`, { severity: "info" })).json).toMatchObject({
    severity: "info",
    forSeconds: 120,
    opensIncident: false,
  });
  expect((await call(`POST /api/v1/rules/${id}/pause`)).json).toMatchObject({ pausedAt: expect.any(String) });
  expect((await call(`POST /api/v1/rules/${id}/resume`)).json).toMatchObject({ pausedAt: null });
  expect((await call("GET /api/v1/rules")).json).toMatchObject({ items: [{ id, firing: 0, pending: 0 }], next: null });
  expect((await call(`DELETE /api/v1/rules/${id}`)).status).toBe(204);
  expect((await call(`GET /api/v1/rules/${id}`)).status).toBe(404);
});

test("everything that is wrong is named at once, the fields of the source too", async () => {
  const wrong = { source: "metric", config: { metric: "memory_usage", treshold: 80 }, severity: "loud" };
  for (const path of ["/api/v1/rules", "/api/v1/rules/preview"]) {
    const { status, json } = await call(`POST ${path}`, wrong);
    expect(status).toBe(422);
    const { issues } = z.object({ issues: z.array(z.object({ path: z.string() })) }).parse(json);
    expect(issues.map((issue) => issue.path).sort()).toEqual([
      "config.threshold",
      "config.treshold",
      "label",
      "severity",
    ]);
  }
});

test("a preview says what a rule would have done, and stores nothing", async () => {
  const { status, json } = await call("POST /api/v1/rules/preview", { label: "Checks", source: "check-state" });
  expect(status).toBe(200);
  expect(json).toMatchObject({ total: 0, firings: [], unavailable: null });
  expect((await call("GET /api/v1/rules")).json).toMatchObject({ items: [] });
});

test("the sources are listed with their fields", async () => {
  const { json } = await call("GET /api/v1/alert-sources");
  expect(json).toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({
        type: "metric",
        label: "Metric",
        fields: expect.arrayContaining([
          expect.objectContaining({ name: "threshold", title: "Limit", required: true }),
        ]),
      }),
    ]),
  });
});
