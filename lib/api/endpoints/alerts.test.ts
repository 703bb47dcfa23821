import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { makeToken } from "@/lib/testing/actors";
import { addAlert, addFailedMessage } from "@/lib/testing/alerts";
import { callApi } from "@/lib/testing/call-api";
import { createTestContext } from "@/lib/testing/test-context";

const context = await createTestContext();
let token = "";
const page = z.object({ items: z.array(z.looseObject({ subject: z.string() })), next: z.string().nullable() });
const get = async (query: string) => page.parse((await callApi(context, `GET /api/v1/alerts${query}`, { token })).json);
const subjects = async (query: string) => (await get(query)).items.map(({ subject }) => subject);

beforeAll(async () => {
  ({ token } = await makeToken(context, { scopes: ["read", "alerts:write"] }));
  const at = (hour: number) => new Date(`2031-01-01T0${hour}:00:00Z`);
  await addAlert(context, { subject: "Old", state: "resolved", pendingSince: at(0), resolvedAt: at(1) });
  await addAlert(context, { subject: "Muted", suppressedReason: "silenced by Ada", pendingSince: at(1) });
  await addAlert(context, { subject: "Soon", state: "pending", firingSince: null, pendingSince: at(2) });
  await addAlert(context, { subject: "Now", severity: "warning", pendingSince: at(3) });
});

test("alerts are listed by what is shown of them, by severity and by words, page by page", async () => {
  expect(await subjects("")).toEqual(["Now", "Soon", "Muted"]);
  expect(await subjects("?show=firing")).toEqual(["Now"]);
  expect(await subjects("?show=suppressed")).toEqual(["Muted"]);
  expect(await subjects("?show=resolved")).toEqual(["Old"]);
  expect(await subjects("?severity=warning")).toEqual(["Now"]);
  expect(await subjects("?query=mut")).toEqual(["Muted"]);
  const first = await get("?show=all&limit=3");
  expect(await subjects(`?show=all&limit=3&cursor=${first.next}`)).toEqual(["Old"]);
  expect((await callApi(context, "GET /api/v1/alerts?show=loud", { token })).status).toBe(422);
});

test("an alert's story has its events, and what was tried to tell somebody", async () => {
  await addFailedMessage(context);
  const { alertId } = await context.db.notification.findFirstOrThrow();
  const { status, json } = await callApi(context, `GET /api/v1/alerts/${alertId}`, { token });
  expect(status).toBe(200);
  expect(json).toMatchObject({
    subject: "Payments API",
    shown: "firing",
    parent: null,
    effects: [],
    events: [{ kind: "firing" }],
    notifications: [
      { channel: { label: "Hook" }, status: "failed", messages: [{ attempts: [{ outcome: "permanent" }] }] },
    ],
  });
  expect(JSON.stringify(json)).not.toContain("openFingerprint");
});

test("an alert is acknowledged with a note and given back; one that is over is not", async () => {
  const { id } = await addAlert(context);
  const acknowledged = await callApi(context, `POST /api/v1/alerts/${id}/acknowledge`, {
    token,
    body: { note: "I restart it" },
  });
  expect(acknowledged.json).toMatchObject({ acknowledgeNote: "I restart it", acknowledgedBy: "may read alerts:write" });
  const back = await callApi(context, `POST /api/v1/alerts/${id}/unacknowledge`, { token });
  expect(back.json).toMatchObject({ acknowledgedBy: null, acknowledgeNote: null });
  const over = await addAlert(context, { state: "resolved", resolvedAt: context.now() });
  const late = await callApi(context, `POST /api/v1/alerts/${over.id}/acknowledge`, { token, body: {} });
  expect(late.status).toBe(409);
});
