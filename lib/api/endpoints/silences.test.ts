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

const matchers = [{ label: "check", op: "=~", value: "pay.*" }];
const inAnHour = () => new Date(context.now().getTime() + 3_600_000).toISOString();

test("a silence is made, listed and ended", async () => {
  const body = { matchers, comment: "The provider is down", endsAt: inAnHour() };
  const { status, json } = await callApi(context, "POST /api/v1/silences", { token, body });
  expect(status).toBe(201);
  expect(json).toMatchObject({ matchers, state: "active", createdBy: "may read alerts:write" });
  const { id } = z.looseObject({ id: z.string() }).parse(json);
  expect((await callApi(context, `DELETE /api/v1/silences/${id}`, { token })).status).toBe(204);
  expect((await callApi(context, "GET /api/v1/silences", { token })).json).toMatchObject({
    items: [{ id, state: "over" }],
    next: null,
  });
  expect((await callApi(context, `DELETE /api/v1/silences/${id}`, { token })).status).toBe(409);
});

test.each([
  ["of everything", { matchers: [], comment: "x", endsAt: inAnHour() }],
  ["without a reason", { matchers, endsAt: inAnHour() }],
  ["that is over", { matchers, comment: "x", endsAt: "2020-01-01T00:00:00Z" }],
  ["by what is no pattern", { matchers: [{ label: "a", op: "=~", value: "(" }], comment: "x", endsAt: inAnHour() }],
])("a silence %s is refused", async (_, body) => {
  expect((await callApi(context, "POST /api/v1/silences", { token, body })).status).toBe(422);
});
