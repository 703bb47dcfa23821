import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createChanges } from "@/lib/core/changes";
import { SILENT } from "@/lib/core/log";
import { openDatabase } from "@/lib/db/client";
import { makePartitions } from "@/lib/db/partitions";
import { makeProject, send, sendOne, thrown } from "@/lib/testing/errors";
import { createTestContext } from "@/lib/testing/test-context";
import { type Algorithm, ALGORITHMS, groupKeys } from "../grouping/algorithm";
import { readGroup } from "../groups/group";
import { ignoreGroup } from "../groups/ignore-group";
import { mergeGroups } from "../groups/merge-groups";
import { resolveGroup } from "../groups/resolve-group";
import { normaliseEvent } from "../normalise/normalise-event";
import { deleteProject } from "../projects/delete-project";
import { DEFAULT_SCRUB } from "../scrub/scrub-settings";
import { createErrorWriter } from "./error-writer";
import { toEventRow } from "./event-row";

const context = await createTestContext();
const START = new Date("2026-11-20T12:30:00Z");
await makePartitions(context.sql, new Date("2026-11-10T00:00:00Z"), new Date("2026-11-28T00:00:00Z"));
context.setNow(START);
const project = await makeProject(context);

const group = (id: string) => readGroup(context, id);
const tagsOf = (groupId: string, key: string) =>
  context.db.errorGroupTag.findMany({
    where: { groupId, key },
    orderBy: { value: "asc" },
    select: { value: true, count: true },
  });
const eventsOf = (groupId: string) => context.db.errorEvent.count({ where: { groupId } });

test("events of one error are one group: counted by hour, user and tag, with first and last times and releases", async () => {
  const at = (iso: string, more: object) => thrown("addItem", { timestamp: iso, ...more });
  const [first] = await send(
    context,
    project,
    at("2026-11-20T10:15:00Z", { release: "1.0", user: { id: 1 }, tags: { plan: "pro" }, environment: "live" }),
    at("2026-11-20T10:45:00Z", { release: "1.1", user: { id: 1 }, tags: { plan: "pro" }, level: "fatal" }),
    at("2026-11-20T11:00:00Z", { release: "1.1", user: { email: "ada@example.com" }, tags: { plan: "free" } }),
    // Late: it counts, but the group is named by the latest.
    at("2026-11-20T09:00:00Z", { release: "0.9", level: "warning" }),
  );
  const id = first?.groupId ?? "";
  expect(await group(id)).toMatchObject({
    type: "TypeError",
    value: "broke in addItem",
    culprit: "/srv/shop/dist/shop.js in addItem",
    level: "error",
    status: "open",
    eventCount: 4,
    userCount: 2,
    firstSeenAt: new Date("2026-11-20T09:00:00Z"),
    lastSeenAt: new Date("2026-11-20T11:00:00Z"),
    firstRelease: "0.9",
    lastRelease: "1.1",
  });
  expect(await tagsOf(id, "plan")).toEqual([
    { value: "free", count: 1 },
    { value: "pro", count: 2 },
  ]);
  expect(await tagsOf(id, "release")).toEqual([
    { value: "0.9", count: 1 },
    { value: "1.0", count: 1 },
    { value: "1.1", count: 2 },
  ]);
  const hours = await context.db.errorGroupHour.findMany({ where: { groupId: id }, orderBy: { hour: "asc" } });
  expect(hours.map(({ hour, count }) => [hour.toISOString(), count])).toEqual([
    ["2026-11-20T09:00:00.000Z", 1],
    ["2026-11-20T10:00:00.000Z", 2],
    ["2026-11-20T11:00:00.000Z", 1],
  ]);
  await sendOne(context, project, at("2026-11-20T09:30:00Z", { release: "0.9" }));
  expect(await group(id)).toMatchObject({ eventCount: 5, lastRelease: "1.1", level: "error" });
});

test("the same event again, in one batch or later, is stored and counted once", async () => {
  const payload = thrown("twice", { event_id: randomUUID(), timestamp: "2026-11-20T12:00:00Z", user: { id: 5 } });
  const outcomes = await send(context, project, payload, payload);
  expect(outcomes.map(({ result }) => result)).toEqual(["stored", "duplicate"]);
  const [again] = await send(context, project, payload);
  expect(again).toMatchObject({ result: "duplicate", groupId: outcomes[0]?.groupId });
  expect(await group(again?.groupId ?? "")).toMatchObject({ eventCount: 1, userCount: 1 });
});

test("of a tag with ever new values a hundred are kept", async () => {
  const id = await sendOne(context, project, thrown("tagged", { tags: { request: "0" } }));
  for (let from = 1; from < 150; from += 10)
    await send(
      context,
      project,
      ...Array.from({ length: 10 }, (_, n) => thrown("tagged", { tags: { request: `${from + n}` } })),
    );
  expect(await tagsOf(id, "request")).toHaveLength(100);
  await sendOne(context, project, thrown("tagged", { tags: { request: "0" } }));
  expect((await tagsOf(id, "request")).find(({ value }) => value === "0")?.count).toBe(2);
});

test("an event from before the days that are kept is refused by name, the others are stored", async () => {
  const outcomes = await send(context, project, thrown("old", { timestamp: "2020-01-01T00:00:00Z" }), thrown("young"));
  expect(outcomes.map(({ result }) => result)).toEqual(["refused", "stored"]);
  expect(outcomes[0]?.reason).toMatch(/^it happened at 2020-01-01T00:00:00.000Z, and events are kept from 2026-/);
});

test("twenty senders in two processes that meet the same new error make one group, and every event counts", async () => {
  const other = openDatabase(context.databaseUrl, { name: "another process", log: SILENT, max: 4 });
  const second = { ...context, sql: other.sql, db: other.db };
  const sent = Array.from({ length: 20 }, (_, n) =>
    send(n % 2 ? context : second, project, thrown("both"), thrown(`only ${n % 4}`)),
  );
  const groups = new Set((await Promise.all(sent)).map(([outcome]) => outcome?.groupId));
  expect(groups.size).toBe(1);
  const id = [...groups][0] ?? "";
  expect((await group(id)).eventCount).toBe(20);
  expect(await eventsOf(id)).toBe(20);
  await other.close();
});

test("resolved, it comes back as regressed by an event that happens afterwards", async () => {
  const id = await sendOne(context, project, thrown("back"));
  await resolveGroup(context, { id });
  await sendOne(context, project, thrown("back", { timestamp: "2026-11-20T12:00:00Z" }));
  expect(await group(id)).toMatchObject({ status: "resolved" });
  context.advance(60);
  await sendOne(context, project, thrown("back"));
  expect(await group(id)).toMatchObject({
    status: "open",
    regressedAt: context.now(),
    resolvedAt: null,
    eventCount: 3,
  });
  context.setNow(START);
});

test("resolved in the next release, it comes back by that", async () => {
  const id = await sendOne(context, project, thrown("next", { release: "shop@1.9.0" }));
  await resolveGroup(context, { id, inNextRelease: true });
  context.advance(60);
  await send(context, project, thrown("next", { release: "shop@1.9.0" }), thrown("next", { release: "shop@1.8.5" }));
  expect(await group(id)).toMatchObject({ status: "resolved", resolvedAfter: "shop@1.9.0" });
  await sendOne(context, project, thrown("next", { release: "shop@1.10.0" }));
  expect(await group(id)).toMatchObject({ status: "open", regressedAt: context.now() });
  context.setNow(START);
});

test("ignored until two more events, or until a time, it is open again then, and has not regressed", async () => {
  const id = await sendOne(context, project, thrown("count"));
  await ignoreGroup(context, { id, events: 2 });
  await sendOne(context, project, thrown("count"));
  expect(await group(id)).toMatchObject({ status: "ignored" });
  await sendOne(context, project, thrown("count"));
  expect(await group(id)).toMatchObject({ status: "open", regressedAt: null, ignoredUntilCount: null });
  await ignoreGroup(context, { id, until: new Date(START.getTime() + 60_000) });
  await sendOne(context, project, thrown("count"));
  expect(await group(id)).toMatchObject({ status: "ignored" });
  context.advance(60);
  await sendOne(context, project, thrown("count"));
  expect(await group(id)).toMatchObject({ status: "open" });
  context.setNow(START);
});

test("other processes hear of a new error and of one that came back", async () => {
  const changes = createChanges(context.databaseUrl, SILENT);
  await changes.ready;
  const heard: unknown[] = [];
  const next = () =>
    new Promise<void>((resolve) => void changes.subscribe((change) => (heard.push(change), resolve())));
  let waiting = next();
  const id = await sendOne(context, project, thrown("heard"));
  await waiting;
  expect(heard[0]).toEqual({ topic: "errors", flip: true });
  waiting = next();
  await resolveGroup(context, { id });
  await waiting;
  context.advance(1);
  waiting = next();
  await sendOne(context, project, thrown("heard"));
  await waiting;
  expect(heard.at(-1)).toEqual({ topic: "errors", flip: true });
  await changes.close();
  context.setNow(START);
});

test("with a new version of the algorithm events find their old groups, also when the old version is gone", async () => {
  const next: Algorithm = {
    version: 2,
    partsOf: ({ exceptions }) => ["v2", exceptions[0]?.type ?? "", exceptions[0]?.frames.at(-1)?.function ?? ""],
  };
  const write = async (algorithms: readonly Algorithm[], name: string) => {
    const event = normaliseEvent(thrown(name), { now: context.now() });
    if (!event) throw new Error("it is no event");
    const row = toEventRow({ id: project.id, scrub: DEFAULT_SCRUB }, event, context.now(), (data) =>
      groupKeys(data, algorithms),
    );
    return (await createErrorWriter(context).write([row]))[0]?.groupId;
  };
  const before = await sendOne(context, project, thrown("kept"));
  expect(await write([next, ...ALGORITHMS], "kept")).toBe(before);
  expect(await write([next], "kept")).toBe(before);
  // Back again, as after a downgrade.
  expect(await sendOne(context, project, thrown("kept"))).toBe(before);
  expect((await group(before)).eventCount).toBe(4);
  expect(await context.db.errorGroupKey.count({ where: { groupId: before } })).toBe(2);
  expect(await write([next], "not seen before")).not.toBe(before);
});

test("merged by hand, counts add up and new events of either come to the one", async () => {
  const a = await sendOne(
    context,
    project,
    thrown("a", { user: { id: 1 }, tags: { x: "1" }, release: "1", timestamp: "2026-11-20T10:00:00Z" }),
  );
  const b = await sendOne(
    context,
    project,
    thrown("b", { user: { id: 1 }, tags: { x: "1" }, release: "2", timestamp: "2026-11-20T11:00:00Z" }),
  );
  await sendOne(context, project, thrown("b", { user: { id: 2 }, timestamp: "2026-11-20T10:30:00Z" }));
  const merged = await mergeGroups(context, { id: a, ids: [b] });
  expect(merged).toMatchObject({
    id: a,
    eventCount: 3,
    userCount: 2,
    firstRelease: "1",
    lastRelease: "2",
    lastSeenAt: new Date("2026-11-20T11:00:00Z"),
  });
  await expect(group(b)).rejects.toMatchObject({ kind: "not-found" });
  expect(await sendOne(context, project, thrown("b"))).toBe(a);
  expect(await eventsOf(a)).toBe(4);
  expect(await tagsOf(a, "x")).toEqual([{ value: "1", count: 2 }]);
});

test("merged while events come in, none is lost", async () => {
  const a = await sendOne(context, project, thrown("m1"));
  const b = await sendOne(context, project, thrown("m2"));
  const sending = Array.from({ length: 30 }, () => send(context, project, thrown("m1"), thrown("m2")));
  await Promise.all([...sending, mergeGroups(context, { id: a, ids: [b] })]);
  expect(await group(a)).toMatchObject({ eventCount: 62 });
  expect(await eventsOf(a)).toBe(62);
});

test("events of a project that is being deleted are refused; nothing of it stays", async () => {
  const gone = await makeProject(context);
  await send(context, gone, thrown("x", { user: { id: 1 } }));
  await Promise.all([
    deleteProject(context, { id: gone.id }),
    ...Array.from({ length: 10 }, () => send(context, gone, thrown("x"), thrown("y"))),
  ]);
  const [after] = await send(context, gone, thrown("x"));
  expect(after).toEqual({ result: "refused", reason: "its project was deleted" });
  expect(await context.db.errorEvent.count({ where: { projectId: gone.id } })).toBe(0);
  expect(await context.db.errorGroup.count({ where: { projectId: gone.id } })).toBe(0);
});

test("an event that the database refuses costs itself, not those of others at the same time", async () => {
  const make = (name: string) => {
    const event = normaliseEvent(thrown(name), { now: context.now() });
    if (!event) throw new Error("it is no event");
    return toEventRow({ id: project.id, scrub: DEFAULT_SCRUB }, event, context.now());
  };
  const writer = createErrorWriter(context);
  const rows = [make("fine"), { ...make("broken"), json: "{" }, make("fine too")];
  const outcomes = await Promise.all(rows.map((row) => writer.write([row])));
  expect(outcomes.map(([outcome]) => outcome?.result)).toEqual(["stored", "refused", "stored"]);
});

test("past what can wait it refuses at once, and takes more when there is room", async () => {
  const limits = { groupRows: 10, concurrency: 1, maxRows: 20, maxBytes: 1e9 };
  const writer = createErrorWriter(context, limits);
  const rows = Array.from({ length: 10 }, () => {
    const event = normaliseEvent(thrown("flood"), { now: context.now() });
    if (!event) throw new Error("it is no event");
    return toEventRow({ id: project.id, scrub: DEFAULT_SCRUB }, event, context.now());
  });
  const writing = [writer.write(rows), writer.write(rows.map((row) => ({ ...row, id: randomUUID() })))];
  expect(writer.isFull()).toBe(true);
  await expect(writer.write(rows)).rejects.toMatchObject({ kind: "overloaded" });
  await Promise.all(writing);
  expect(writer.isFull()).toBe(false);
});
