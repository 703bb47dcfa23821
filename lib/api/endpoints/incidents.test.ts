import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { listRecentIncidents } from "@/lib/incidents/list-recent-incidents";
import { makeToken, userActor } from "@/lib/testing/actors";
import { callApi } from "@/lib/testing/call-api";
import { createTestContext } from "@/lib/testing/test-context";

const context = await createTestContext();
let token = "";

beforeAll(async () => {
  ({ token } = await makeToken(context, { scopes: ["read"] }));
  const at = (hour: number) => new Date(`2031-01-01T0${hour}:00:00Z`);
  await context.db.incident.createMany({
    data: [
      { title: "slow", severity: "low", status: "investigating", startedAt: at(1), detectedAt: at(1) },
      { title: "down", severity: "critical", status: "identified", startedAt: at(0), detectedAt: at(0) },
      {
        title: "over",
        severity: "critical",
        status: "resolved",
        startedAt: at(3),
        detectedAt: at(3),
        resolvedAt: at(4),
      },
      { title: "watched", severity: "low", status: "monitoring", startedAt: at(2), detectedAt: at(2) },
    ],
  });
});

const page = z.object({ items: z.array(z.looseObject({ title: z.string() })), next: z.string().nullable() });
const get = async (query: string) =>
  page.parse((await callApi(context, `GET /api/v1/incidents${query}`, { token })).json);
const titles = (items: { title: string }[]) => items.map((incident) => incident.title);

test("all incidents or the open ones, the latest first, page by page", async () => {
  expect(titles((await get("")).items)).toEqual(["over", "watched", "slow", "down"]);
  const first = await get("?status=open&limit=2");
  expect(titles(first.items)).toEqual(["watched", "slow"]);
  expect(await get(`?status=open&limit=2&cursor=${first.next}`)).toMatchObject({
    items: [{ title: "down" }],
    next: null,
  });
});

test("the dashboard's list has the worst open one first, then those that are over", async () => {
  const { incidents: open, deploys } = await listRecentIncidents(context.as(userActor("viewer")));
  expect(titles(open)).toEqual(["down", "watched", "slow", "over"]);
  expect(open[0]).toEqual({
    id: expect.any(String),
    number: expect.any(Number),
    title: "down",
    severity: "critical",
    status: "identified",
    startedAt: new Date("2031-01-01T00:00:00Z"),
    resolvedAt: null,
  });
  expect(deploys).toEqual([]);
});
