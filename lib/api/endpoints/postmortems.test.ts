import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { declareIncident } from "@/lib/incidents/declare-incident";
import { makeToken } from "@/lib/testing/actors";
import { callApi } from "@/lib/testing/call-api";
import { createTestContext } from "@/lib/testing/test-context";

const context = await createTestContext();
let token = "";
let incident = { id: "", number: 0 };

beforeAll(async () => {
  context.setNow("2028-02-29T23:30:00Z");
  ({ token } = await makeToken(context, { scopes: ["read", "incidents:write"] }));
  incident = await declareIncident(context, { title: "Payments fail", severity: "high", visibility: "public" });
});

const call = (endpoint: string, body?: object) => callApi(context, endpoint, { token, body });
const base = () => `/api/v1/incidents/${incident.id}`;

test("written, published, exported whole and as the public reads it", async () => {
  const template = await call(`GET ${base()}/postmortem`);
  expect(template.json).toMatchObject({ version: 0, publishedAt: null, incident: { title: "Payments fail" } });
  await call(`POST ${base()}/actions`, { title: "Page on lag", dueOn: "2028-02-28" });
  const saved = await call(`PUT ${base()}/postmortem`, { version: 0, rootCause: "A deploy.", causeCategory: "deploy" });
  expect(saved.json).toMatchObject({ version: 1, updatedBy: "may read incidents:write" });
  const stale = await call(`PUT ${base()}/postmortem`, { version: 0, rootCause: "The network." });
  expect(stale.status).toBe(409);
  expect(stale.json).toMatchObject({
    issues: [{ path: "rootCause", message: expect.stringContaining("in the meantime") }],
  });
  const published = await call(`POST ${base()}/postmortem/publish`, { visibility: "public" });
  expect(published.json).toMatchObject({ visibility: "public", publishedAt: "2028-02-29T23:30:00.000Z" });

  const whole = await call(`GET /api/v1/incidents/${incident.number}/postmortem.md`);
  expect(whole.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
  expect(whole.headers.get("content-disposition")).toBe(`attachment; filename="inc-${incident.number}-postmortem.md"`);
  expect(whole.text).toContain("Kind of cause: deploy\n\nA deploy.");
  expect(whole.text).toContain("- [ ] Page on lag (due 2028-02-28)");
  const shown = await call(`GET ${base()}/postmortem.md?audience=public`);
  expect(shown.text).toContain("A deploy.");
  expect(shown.text).not.toMatch(/Kind of cause|Page on lag/);
  const asJson = await call(`GET ${base()}/postmortem?audience=public`);
  expect(asJson.json).toMatchObject({
    rootCause: "A deploy.",
    causeCategory: "",
    actions: [],
    incident: { createdBy: null },
  });
  expect((await call(`GET ${base()}/postmortem?audience=press`)).status).toBe(422);
});

const items = z.object({
  items: z.array(z.looseObject({ id: z.string(), title: z.string(), isOverdue: z.boolean() })),
});

test("action items of all incidents, by what is open, overdue or done", async () => {
  const read = async (query: string) => items.parse((await call(`GET /api/v1/incident-actions${query}`)).json).items;
  const [item] = await read("?show=overdue");
  expect(item).toMatchObject({ title: "Page on lag", isOverdue: true });
  await call(`PATCH /api/v1/incident-actions/${item?.id}`, { isDone: true });
  expect(await read("")).toEqual([]);
  expect(await read("?show=done")).toMatchObject([{ title: "Page on lag", doneBy: "may read incidents:write" }]);
  expect((await call("GET /api/v1/incident-actions?show=late")).status).toBe(422);
});

const figures = z.looseObject({ months: z.array(z.looseObject({ month: z.string(), count: z.int() })) });

test("figures by the months of a time zone: the leap day's last half hour in UTC is March in Berlin", async () => {
  const months = async (timezone: string) => {
    const range = "from=2028-02-01T00:00:00Z&to=2028-03-31T00:00:00Z";
    const { json } = await call(`GET /api/v1/incidents/figures?${range}&timezone=${timezone}`);
    return figures.parse(json).months.map(({ month, count }) => `${month}: ${count}`);
  };
  expect(await months("UTC")).toEqual(["2028-02: 1", "2028-03: 0"]);
  expect(await months("Europe/Berlin")).toEqual(["2028-02: 0", "2028-03: 1"]);
  expect((await call("GET /api/v1/incidents/figures?timezone=Mars")).status).toBe(422);
});
