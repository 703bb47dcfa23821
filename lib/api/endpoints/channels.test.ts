import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { makeToken } from "@/lib/testing/actors";
import { callApi } from "@/lib/testing/call-api";
import { createTestContext } from "@/lib/testing/test-context";

const context = await createTestContext();
let token = "";
beforeAll(async () => {
  ({ token } = await makeToken(context, { scopes: ["admin"] }));
});

const call = (methodAndPath: string, body?: object) => callApi(context, methodAndPath, { token, body });
const SECRET = "hunter2-of-the-hook";

test("a channel is made, changed, switched off and on, and deleted; its secret is never shown again", async () => {
  const config = { url: "https://hooks.example.com/", secret: SECRET };
  const { status, json } = await call("POST /api/v1/channels", { label: "Hook", type: "webhook", config });
  expect(status).toBe(201);
  expect(json).toMatchObject({ key: "hook", type: "webhook", disabledAt: null });
  const { id } = z.looseObject({ id: z.string() }).parse(json);
  const shown = z.looseObject({ config: z.record(z.string(), z.string()) }).parse(json).config;
  expect(shown["secret"]).toMatch(/^•+$/);

  const changed = await call(`PATCH /api/v1/channels/${id}`, { label: "Moved", config: shown });
  expect(changed.json).toMatchObject({ label: "Moved" });
  expect((await context.db.alertChannel.findUniqueOrThrow({ where: { id } })).config).toMatchObject(config);

  expect((await call(`POST /api/v1/channels/${id}/disable`)).json).toMatchObject({
    disabledAt: expect.any(String),
    disabledReason: "switched off by a person",
  });
  expect((await call(`POST /api/v1/channels/${id}/enable`)).json).toMatchObject({ disabledAt: null });
  const list = await call("GET /api/v1/channels");
  expect(list.json).toMatchObject({ items: [{ id }], next: null });
  expect([list.text, JSON.stringify(json), changed.text].join()).not.toContain(SECRET);
  expect((await call(`DELETE /api/v1/channels/${id}`)).status).toBe(204);
});

test("a kind that is none, and wrong fields of one, are named", async () => {
  expect((await call("POST /api/v1/channels", { label: "Pigeon", type: "pigeon" })).status).toBe(422);
  const { status, json } = await call("POST /api/v1/channels", {
    label: "Hook",
    type: "webhook",
    config: { url: "x" },
  });
  expect(status).toBe(422);
  expect(json).toMatchObject({ issues: [{ path: "config.url" }] });
});

test("the kinds are listed with their fields, and say which are secret", async () => {
  expect((await call("GET /api/v1/channel-types")).json).toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({
        type: "webhook",
        fields: expect.arrayContaining([expect.objectContaining({ name: "secret", secret: true })]),
      }),
    ]),
  });
});
