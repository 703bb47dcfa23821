import { beforeEach, expect, test } from "vitest";
import { userActor } from "@/lib/testing/actors";
import { createTestContext } from "@/lib/testing/test-context";
import { declareIncident } from "../declare-incident";
import { addAction } from "./add-action";
import { deleteAction } from "./delete-action";
import { countActions, listActions, listIncidentActions } from "./list-actions";
import { updateAction } from "./update-action";
import { clearAudit } from "@/lib/testing/clear-audit";

const base = await createTestContext();
const START = new Date("2026-11-20T12:00:00Z");
const ada = { ...userActor("editor"), name: "Ada" };
const grace = { ...userActor("editor"), name: "Grace" };

beforeEach(async () => {
  base.setNow(START);
  await base.sql.query("TRUNCATE incidents, users CASCADE");
  await clearAudit(base.sql);
  for (const { id, name } of [ada, grace])
    await base.db.user.create({
      data: { id, name, email: `${name.toLowerCase()}@example.com`, role: "editor", passwordHash: "x" },
    });
});

const declare = () => declareIncident(base.as(ada), { title: "Payments fail", severity: "high" });
const add = (id: string, title: string, more: object = {}) => addAction(base.as(ada), { id, title, ...more });
const titles = async (query: object = {}) => (await listActions(base, query)).items.map(({ title }) => title);

test("an item is added with its owner and day, changed, done, opened again and deleted; the audit log tells each", async () => {
  const { id, number } = await declare();
  const item = await add(id, "  Page on replication lag ", { ownerId: grace.id, dueOn: "2026-11-25" });
  expect(item).toMatchObject({
    title: "Page on replication lag",
    owner: "Grace",
    dueOn: "2026-11-25",
    incidentNumber: number,
    incidentTitle: "Payments fail",
    doneAt: null,
    isOverdue: false,
  });
  const changed = await updateAction(base.as(ada), { id: item.id, dueOn: null, ownerId: null });
  expect(changed).toMatchObject({ title: "Page on replication lag", owner: null, dueOn: null });
  base.advance(60);
  const done = await updateAction(base.as(grace), { id: item.id, isDone: true });
  expect(done).toMatchObject({ doneAt: base.now(), doneBy: "Grace" });
  const first = base.now();
  base.advance(60);
  expect(await updateAction(base.as(ada), { id: item.id, isDone: true })).toMatchObject({
    doneAt: first,
    doneBy: "Grace",
  });
  expect(await updateAction(base.as(ada), { id: item.id, isDone: false })).toMatchObject({
    doneAt: null,
    doneBy: null,
  });
  await deleteAction(base.as(ada), { id: item.id });
  expect(await listIncidentActions(base, { id })).toEqual([]);
  const audit = await base.db.auditEntry.findMany({
    where: { subjectType: "incident-action" },
    orderBy: { id: "asc" },
    select: { action: true, actorName: true },
  });
  expect(audit.map(({ action, actorName }) => `${actorName} ${action.split(".")[1]}`)).toEqual([
    "Ada add",
    "Ada update",
    "Grace done",
    "Ada update",
    "Ada reopen",
    "Ada delete",
  ]);
});

test.each([
  [{ title: " " }, "title", "is required"],
  [{ title: "x".repeat(201) }, "title", "must have at most 200 characters"],
  [{ title: "x", dueOn: "tomorrow" }, "dueOn", "must be a day, like 2026-11-20"],
  [{ title: "x", dueOn: "2027-02-29" }, "dueOn", "must be a day, like 2026-11-20"],
  [{ title: "x", ownerId: crypto.randomUUID() }, "ownerId", "there is no such user"],
])("an item with %o is refused at its field", async (wrong, path, message) => {
  const { id } = await declare();
  await expect(addAction(base.as(ada), { id, ...wrong })).rejects.toMatchObject({
    kind: "invalid",
    issues: [{ path, message }],
  });
  expect(await listIncidentActions(base, { id })).toEqual([]);
});

test("who can't sign in gets nothing new, and keeps what they have", async () => {
  const { id } = await declare();
  const item = await add(id, "Check backups", { ownerId: grace.id });
  await base.db.user.update({ where: { id: grace.id }, data: { disabledAt: START } });
  await expect(add(id, "x", { ownerId: grace.id })).rejects.toMatchObject({ issues: [{ path: "ownerId" }] });
  const kept = await updateAction(base.as(ada), { id: item.id, title: "Check all backups", ownerId: grace.id });
  expect(kept).toMatchObject({ title: "Check all backups", owner: "Grace" });
});

test("the day it is due lasts until midnight UTC; what is overdue stands first", async () => {
  const { id } = await declare();
  await add(id, "some day");
  await add(id, "today", { dueOn: "2026-11-20", ownerId: ada.id });
  await add(id, "yesterday", { dueOn: "2026-11-19" });
  const { id: done } = await add(id, "done late", { dueOn: "2026-11-01" });
  await updateAction(base.as(ada), { id: done, isDone: true });
  expect(await titles()).toEqual(["yesterday", "today", "some day"]);
  expect(await titles({ show: "overdue" })).toEqual(["yesterday"]);
  expect(await titles({ show: "done" })).toEqual(["done late"]);
  expect(await titles({ show: "all", owner: ada.id })).toEqual(["today"]);
  base.setNow("2026-11-20T23:59:59Z");
  expect(await countActions(base)).toEqual({ open: 3, overdue: 1 });
  base.setNow("2026-11-21T00:00:00Z");
  expect(await countActions(base)).toEqual({ open: 3, overdue: 2 });
  expect(await titles({ show: "overdue" })).toEqual(["yesterday", "today"]);
});

test("page by page, the order stays whole", async () => {
  const { id } = await declare();
  const days = ["2026-11-22", null, "2026-11-21", null, "2026-11-21", "2026-11-23"];
  for (const [index, dueOn] of days.entries()) await add(id, `item ${index}`, { dueOn });
  const { id: done } = await add(id, "done");
  await updateAction(base.as(ada), { id: done, isDone: true });
  const whole = (await listActions(base, { show: "all" })).items.map(({ id: own }) => own);
  const paged: string[] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await listActions(base, { show: "all", limit: 2, ...(cursor !== undefined && { cursor }) });
    paged.push(...items.map(({ id: own }) => own));
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  expect(paged).toEqual(whole);
  expect(whole).toHaveLength(7);
  expect(whole.at(-1)).toBe(done);
});

test("items of an incident go with it; a viewer only reads", async () => {
  const { id } = await declare();
  const item = await add(id, "Check backups");
  const viewer = base.as(userActor("viewer"));
  expect((await listIncidentActions(viewer, { id })).map(({ title }) => title)).toEqual(["Check backups"]);
  for (const write of [
    () => addAction(viewer, { id, title: "x" }),
    () => updateAction(viewer, { id: item.id, isDone: true }),
    () => deleteAction(viewer, { id: item.id }),
  ])
    await expect(write()).rejects.toMatchObject({ kind: "forbidden" });
  await base.db.incident.delete({ where: { id } });
  expect(await countActions(base)).toEqual({ open: 0, overdue: 0 });
});
