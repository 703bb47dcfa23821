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

const call = (methodAndPath: string, body?: object) => callApi(context, methodAndPath, { token, body });

test("a window is planned with its next times, replaced and deleted", async () => {
  context.setNow("2031-03-29T12:00:00Z");
  const { status, json } = await call("POST /api/v1/maintenance-windows", {
    label: "Backups",
    recurrence: "weekly",
    timezone: "Europe/Berlin",
    weekdays: [7],
    startTime: "22:30",
    durationMinutes: 90,
    isPublic: true,
  });
  expect(status).toBe(201);
  // The clocks change that night: 22:30 is 20:30 UTC from then on.
  expect(json).toMatchObject({
    active: null,
    isPublic: true,
    next: [
      { from: "2031-03-30T20:30:00.000Z", to: "2031-03-30T22:00:00.000Z" },
      { from: "2031-04-06T20:30:00.000Z" },
      { from: "2031-04-13T20:30:00.000Z" },
    ],
  });
  const { id } = z.looseObject({ id: z.string() }).parse(json);
  const once = { label: "Move", recurrence: "once", startsAt: "2031-03-29T11:00:00Z", endsAt: "2031-03-29T13:00:00Z" };
  expect((await call(`PUT /api/v1/maintenance-windows/${id}`, once)).json).toMatchObject({
    label: "Move",
    weekdays: [],
    isPublic: false,
    active: { to: "2031-03-29T13:00:00.000Z" },
  });
  expect((await call("GET /api/v1/maintenance-windows")).json).toMatchObject({ items: [{ id }], next: null });
  expect((await call(`GET /api/v1/maintenance-windows/${id}`)).json).toMatchObject({ id });
  expect((await call(`DELETE /api/v1/maintenance-windows/${id}`)).status).toBe(204);
});

test("what a kind of window needs is asked for at its fields", async () => {
  const { status, json } = await call("POST /api/v1/maintenance-windows", { label: "x", recurrence: "weekly" });
  expect(status).toBe(422);
  const { issues } = z.object({ issues: z.array(z.object({ path: z.string() })) }).parse(json);
  expect(issues.map(({ path }) => path).sort()).toEqual(["durationMinutes", "startTime", "weekdays"]);
});
