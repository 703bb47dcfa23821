import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { makeUser } from "@/lib/testing/actors";
import { makeProject, send, sendOne, thrown } from "@/lib/testing/errors";
import { createTestContext } from "@/lib/testing/test-context";
import { getEvent, getLatestEvent } from "../events/get-event";
import { listEvents } from "../events/list-events";
import { assignGroup } from "./assign-group";
import { commentGroup } from "./comment-group";
import { getGroup } from "./get-group";
import { ignoreGroup } from "./ignore-group";
import { countGroups, listGroups } from "./list-groups";
import { listTrends } from "./list-trends";
import { resolveGroup } from "./resolve-group";

const context = await createTestContext();
const NOW = new Date();
NOW.setUTCMinutes(30, 0, 0);
context.setNow(NOW);
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000).toISOString();
const shop = await makeProject(context, { name: "Shop" });
const api = await makeProject(context, { name: "API" });
const ada = await makeUser(context, { role: "editor", email: "ada@example.com" });
const ids: Record<string, string> = {};

beforeAll(async () => {
  const add = async (name: string, project: { id: number }, ...events: object[]) => {
    for (const event of events) ids[name] = await sendOne(context, project, thrown(name, event));
  };
  await add("addItem", shop, {
    timestamp: ago(60),
    release: "1.2",
    user: { email: "bob@example.com" },
    tags: { plan: "pro" },
  });
  await add("addItem", shop, { timestamp: ago(10), release: "1.3", user: { id: 7, email: "eve@example.com" } });
  await add(
    "checkout",
    shop,
    { timestamp: ago(120), level: "fatal", environment: "live" },
    { timestamp: ago(5), level: "fatal" },
    { timestamp: ago(4), level: "fatal" },
  );
  await add("render", api, { timestamp: ago(300), level: "warning" });
  await add("gone", api, { timestamp: ago(400) });
  await resolveGroup(context, { id: ids["gone"] ?? "" });
  await add("muted", api, { timestamp: ago(500) });
  await ignoreGroup(context, { id: ids["muted"] ?? "" });
  await assignGroup(context, { id: ids["render"] ?? "", assigneeId: ada.id });
});

const nameOf = (id: string) => Object.entries(ids).find(([, one]) => one === id)?.[0];
const found = async (query: string, more: object = {}) =>
  (await listGroups(context.as(ada.actor), { query, ...more })).items.map(({ id }) => nameOf(id));

test.each([
  ["", ["checkout", "addItem", "render", "gone", "muted"]],
  ["is:unresolved", ["checkout", "addItem", "render"]],
  ["is:resolved", ["gone"]],
  ["is:ignored", ["muted"]],
  ["!is:unresolved", ["gone", "muted"]],
  ["level:fatal", ["checkout"]],
  ["release:1.2", ["addItem"]],
  ["release:1.3", ["addItem"]],
  ["release:1.*", ["addItem"]],
  ["user.email:bob@example.com", ["addItem"]],
  ["user.email:*@example.com", ["addItem"]],
  ["user.id:7", ["addItem"]],
  ["user.id:8", []],
  ["has:user", ["addItem"]],
  ["plan:pro", ["addItem"]],
  ["environment:live", ["checkout"]],
  ["project:shop", ["checkout", "addItem"]],
  ["assigned:me", ["render"]],
  ["assigned:ada@example.com", ["render"]],
  ["is:unassigned is:open", ["checkout", "addItem"]],
  ["events:>2", ["checkout"]],
  ["users:2", ["addItem"]],
  ["CHECK", ["checkout"]],
  ["broke checkout", ["checkout"]],
  ['"broke in add"', ["addItem"]],
  ["broke in 100%", []],
  ["is:unresolved level:error release:1.2 user.email:bob@example.com broke", ["addItem"]],
  ["'; DROP TABLE error_groups; --", []],
])("the search %s", async (query, names) => {
  expect(await found(query)).toEqual(names);
});

test.each([
  ["events", ["checkout", "addItem"]],
  ["users", ["addItem", "checkout"]],
  ["first-seen", ["addItem", "checkout"]],
  ["last-seen", ["checkout", "addItem"]],
])("sorted by %s", async (sort, names) => {
  expect(await found("project:Shop", { sort })).toEqual(names);
});

test.each(["last-seen", "first-seen", "events", "users"] as const)(
  "page by page by %s, nothing twice, nothing left out",
  async (sort) => {
    const names: (string | undefined)[] = [];
    let cursor: string | undefined;
    do {
      const page = await listGroups(context, { sort, limit: 2, ...(cursor !== undefined && { cursor }) });
      names.push(...page.items.map(({ id }) => nameOf(id)));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(names.toSorted()).toEqual(Object.keys(ids).toSorted());
  },
);

test("a cursor of another sort, and a query that is wrong, are told", async () => {
  const { next } = await listGroups(context, { sort: "events", limit: 1 });
  await expect(listGroups(context, { sort: "last-seen", cursor: next ?? "" })).rejects.toMatchObject({
    kind: "invalid",
  });
  await expect(listGroups(context, { query: "words is:broken" })).rejects.toMatchObject({
    kind: "invalid",
    issues: [{ path: "query", message: expect.stringMatching(/^is:broken \(at 7\): must be one of/) }],
  });
});

test("counts by status, trends by hour", async () => {
  expect(await countGroups(context)).toEqual({ open: 3, resolved: 1, ignored: 1 });
  const trends = await listTrends(context, { ids: [ids["checkout"] ?? "", ids["render"] ?? ""], hours: 4 });
  expect(trends.get(ids["checkout"] ?? "")).toEqual([0, 1, 0, 2]);
  expect(trends.get(ids["render"] ?? "")).toEqual([0, 0, 0, 0]);
});

test("the trend of what was not seen for long is that of its last days", async () => {
  const later = new Date(context.now().getTime() + 30 * 86_400_000);
  const group = await getGroup({ ...context, now: () => later }, { id: ids["addItem"] ?? "" });
  expect(group.trend.map(({ count }) => count)).toEqual([1, 1]);
});

test("a group with its trend, counts by tag and comments", async () => {
  const id = ids["addItem"] ?? "";
  await commentGroup(context.as(ada.actor), { id, message: "The cart may be empty." });
  const group = await getGroup(context, { id });
  expect(group.trend.map(({ count }) => count)).toEqual([1, 1]);
  expect(group.tags.find(({ key }) => key === "release")).toEqual({
    key: "release",
    total: 2,
    values: [
      { value: "1.2", count: 1 },
      { value: "1.3", count: 1 },
    ],
  });
  expect(group.comments).toMatchObject([{ message: "The cart may be empty.", authorName: ada.actor.name }]);
  expect(group.project).toEqual({ id: shop.id, name: "Shop" });
});

describe("the events of an error", () => {
  test("the latest first, page by page, each with the one before and after", async () => {
    const id = ids["checkout"] ?? "";
    const first = await listEvents(context, { id, limit: 2 });
    const rest = await listEvents(context, { id, limit: 2, cursor: first.next ?? "" });
    const events = [...first.items, ...rest.items];
    expect(events.map(({ occurredAt }) => occurredAt.toISOString())).toEqual([ago(4), ago(5), ago(120)]);
    expect([rest.items.length, rest.next]).toEqual([1, null]);
    expect(events[0]).toMatchObject({ title: "broke in checkout", level: "fatal", groupId: id });
    const middle = await getEvent(context, { id: events[1]?.id ?? "" });
    expect(middle).toMatchObject({ previousId: events[2]?.id, nextId: events[0]?.id, projectId: shop.id });
    expect(middle.data.exceptions[0]?.frames[0]).toMatchObject({ function: "checkout", line: 7 });
    expect(await getLatestEvent(context, { groupId: id })).toMatchObject({ id: events[0]?.id, nextId: null });
  });

  test("events at the same millisecond have an order too", async () => {
    const outcomes = await send(
      context,
      api,
      ...Array.from({ length: 5 }, () => thrown("same", { timestamp: ago(1) })),
    );
    const id = outcomes[0]?.groupId ?? "";
    const walked: string[] = [];
    let at: string | null = (await getLatestEvent(context, { groupId: id }))?.id ?? null;
    while (at) {
      walked.push(at);
      at = (await getEvent(context, { id: at })).previousId;
    }
    expect(new Set(walked).size).toBe(5);
    expect(walked).toEqual((await listEvents(context, { id })).items.map((event) => event.id));
  });

  test("of what there is not", async () => {
    await expect(listEvents(context, { id: randomUUID() })).rejects.toMatchObject({ kind: "not-found" });
    await expect(getEvent(context, { id: randomUUID() })).rejects.toMatchObject({ kind: "not-found" });
    await expect(getGroup(context, { id: "x" })).rejects.toMatchObject({ kind: "not-found" });
    expect(await getLatestEvent(context, { groupId: randomUUID() })).toBeNull();
  });
});

test("what people did is in the audit", async () => {
  const entries = await context.db.auditEntry.findMany({ where: { subjectType: "error" } });
  expect(entries.map(({ action }) => action).toSorted()).toEqual([
    "error.assign",
    "error.comment",
    "error.ignore",
    "error.resolve",
  ]);
});
