import { expect, test } from "vitest";
import { userActor } from "@/lib/testing/actors";
import { addAlert } from "@/lib/testing/alerts";
import { createTestContext } from "@/lib/testing/test-context";
import {
  createMaintenance,
  deleteMaintenance,
  getMaintenance,
  listMaintenance,
  updateMaintenance,
} from "../maintenance/maintenance";
import { countFitting } from "./count-fitting";
import { createSilence, endSilence, listSilences } from "./silences";

const context = await createTestContext();
const editor = () => context.as({ ...userActor("editor"), name: "Ada" });
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);
const matchers = [{ label: "check", op: "=" as const, value: "pay" }];

test("a silence needs a matcher, a comment and an end in the future", async () => {
  const make = (more: object) => createSilence(editor(), { matchers, comment: "x", endsAt: inHours(1), ...more });
  await expect(make({ matchers: [] })).rejects.toThrow(/would hide everything/);
  await expect(make({ comment: " " })).rejects.toThrow(/say why/);
  await expect(make({ endsAt: inHours(-1) })).rejects.toThrow(/endsAt: must be/);
  await expect(make({ endsAt: inHours(24 * 400) })).rejects.toThrow(/within a year/);
  await expect(make({ matchers: [{ label: "a", op: "=~", value: "(" }] })).rejects.toThrow(/regular expression/);
  await expect(
    createSilence(context.as(userActor("viewer")), { matchers, comment: "x", endsAt: inHours(1) }),
  ).rejects.toMatchObject({ kind: "forbidden" });
});

test("a planned one that is ended is gone, an active one is over", async () => {
  const planned = await createSilence(editor(), {
    matchers,
    comment: "later",
    startsAt: inHours(1),
    endsAt: inHours(2),
  });
  const active = await createSilence(editor(), { matchers, comment: "now", endsAt: inHours(2) });
  expect((await listSilences(context)).map(({ comment, state }) => `${comment} ${state}`).toSorted()).toEqual([
    "later planned",
    "now active",
  ]);
  await endSilence(editor(), { id: planned.id });
  await endSilence(editor(), { id: active.id });
  expect(
    (await listSilences(context)).map(({ comment, state, createdBy }) => `${comment} ${state} ${createdBy}`),
  ).toEqual(["now over Ada"]);
  await expect(endSilence(editor(), { id: active.id })).rejects.toMatchObject({ kind: "conflict" });
});

test("of each silence is said how many alerts it fits: one with a slip fits none", async () => {
  await addAlert(context, { labels: { check: "pay", host: "web-1" } });
  await addAlert(context, { labels: { check: "mail" } });
  await addAlert(context, { labels: { check: "pay" }, state: "resolved", resolvedAt: new Date() });
  const silence = (id: string, op: "=" | "=~", value: string) => ({ id, matchers: [{ label: "check", op, value }] });
  const counted = await countFitting(context, [
    silence("pay", "=", "pay"),
    silence("slip", "=", "payy"),
    silence("all", "=~", "pay|mail"),
  ]);
  expect(Object.fromEntries(counted)).toEqual({ pay: 1, slip: 0, all: 2 });
});

test("a maintenance window names every field that is missing, and its next times", async () => {
  await expect(
    createMaintenance(editor(), { label: "", recurrence: "weekly", timezone: "Mars" }),
  ).rejects.toMatchObject({
    issues: expect.arrayContaining([
      expect.objectContaining({ path: "label" }),
      expect.objectContaining({ path: "timezone" }),
    ]),
  });
  await expect(createMaintenance(editor(), { label: "x", recurrence: "weekly" })).rejects.toMatchObject({
    issues: ["durationMinutes", "weekdays", "startTime"].map((path) => expect.objectContaining({ path })),
  });
  await expect(
    createMaintenance(editor(), { label: "x", recurrence: "cron", cron: "61 * * * *", durationMinutes: 5 }),
  ).rejects.toThrow(/cron line/);
  const window = await createMaintenance(editor(), {
    label: "Backup",
    recurrence: "cron",
    cron: "0 3 * * *",
    durationMinutes: 30,
    timezone: "Europe/Berlin",
  });
  expect(window.next).toHaveLength(3);
  const once = await updateMaintenance(editor(), {
    id: window.id,
    label: "Backup",
    recurrence: "once",
    startsAt: inHours(-1),
    endsAt: inHours(1),
  });
  expect(once.active).not.toBeNull();
  expect(await getMaintenance(context, { id: window.id })).toMatchObject({ label: "Backup", recurrence: "once" });
  await deleteMaintenance(editor(), { id: window.id });
  expect(await listMaintenance(context)).toEqual([]);
});
