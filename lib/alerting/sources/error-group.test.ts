import { beforeEach, expect, test } from "vitest";
import { mergeGroups } from "@/lib/errors/groups/merge-groups";
import { ignoreGroup } from "@/lib/errors/groups/ignore-group";
import { reopenGroup, resolveGroup } from "@/lib/errors/groups/resolve-group";
import { makePartitions } from "@/lib/db/partitions";
import { addChannel, alertLines, toldLines } from "@/lib/testing/alerting";
import { makeProject, sendOne, thrown } from "@/lib/testing/errors";
import { createTestContext } from "@/lib/testing/test-context";
import { createAlertLoop } from "../alert-loop";
import { evaluateAlerts } from "../evaluation/evaluate-alerts";
import { previewRule } from "../rules/preview-rule";
import { createRule } from "../rules/write-rule";
import { syncFileAlerting } from "../sync-file-alerting";
import { type GroupRow, errorGroup, judgeGroup } from "./error-group";

const context = await createTestContext();
const START = new Date("2026-11-25T03:00:00Z");
await makePartitions(context.sql, new Date("2026-11-17T00:00:00Z"), new Date("2026-12-04T00:00:00Z"));

beforeEach(async () => {
  context.setNow(START);
  await context.sql.query(
    "TRUNCATE projects, error_events, alerts, alert_fingerprints, alert_rules, alert_channels CASCADE",
  );
  await addChannel(context);
});

/** Looks each minute for so many minutes. */
async function minutes(count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    context.advance(60);
    await evaluateAlerts(context);
  }
}
const makeRule = (config: object = {}) => createRule(context, { label: "Errors", source: "error-group", config });
const shop = () => makeProject(context, { name: "shop" });
const summaries = async () =>
  (await context.db.alert.findMany({ orderBy: { pendingSince: "asc" } })).map(({ summary }) => summary);

test("out of the box a new error is told of once, its next events are not, and it is over when it was quiet for an hour", async () => {
  await syncFileAlerting(context);
  await context.db.alertChannel.deleteMany();
  await addChannel(context);
  const project = await shop();
  const id = await sendOne(context, project, thrown("addItem", { user: { id: "1" } }));
  await minutes(1);
  expect(await alertLines(context)).toEqual(["firing warning TypeError: broke in addItem (shop)"]);
  expect(await toldLines(context)).toEqual(["firing TypeError: broke in addItem (shop)"]);
  expect(await summaries()).toEqual([
    "A new error in /srv/shop/dist/shop.js in addItem: TypeError: broke in addItem (1 event, 1 user).",
  ]);
  expect((await context.db.alert.findFirst())?.labels).toMatchObject({
    error: id,
    project: "shop",
    level: "error",
    news: "new",
    rule: "new-error",
  });
  await minutes(30);
  await sendOne(context, project, thrown("addItem"));
  await minutes(59);
  // Half an hour after the last event it is news no more, and still goes on.
  expect(await alertLines(context)).toEqual(["firing warning TypeError: broke in addItem (shop)"]);
  await minutes(1);
  expect(await alertLines(context)).toEqual(["resolved warning TypeError: broke in addItem (shop)"]);
  expect((await context.db.alert.findFirst())?.resolvedReason).toBe(
    "the condition is gone: TypeError: broke in addItem was not seen for 1 h.",
  );
  // No news any more.
  await sendOne(context, project, thrown("addItem"));
  await minutes(1);
  expect(await alertLines(context)).toHaveLength(1);
  // It opened no incident: an error is a warning.
  expect(await context.db.incident.count()).toBe(0);
});

test("it is over when a person resolves or ignores it, fires again when it comes back, and not when it is opened again late", async () => {
  await makeRule();
  const project = await shop();
  const mended = await sendOne(context, project, thrown("mended"));
  const ignored = await sendOne(context, project, thrown("ignored"));
  await minutes(1);
  expect(await alertLines(context)).toHaveLength(2);
  await resolveGroup(context, { id: mended });
  await ignoreGroup(context, { id: ignored });
  await minutes(1);
  expect(await alertLines(context)).toEqual([
    "resolved warning TypeError: broke in ignored (shop)",
    "resolved warning TypeError: broke in mended (shop)",
  ]);
  const reasons = (await context.db.alert.findMany({ orderBy: { subject: "asc" } })).map((row) => row.resolvedReason);
  expect(reasons).toEqual([
    "the condition is gone: TypeError: broke in ignored is ignored.",
    "the condition is gone: TypeError: broke in mended is resolved.",
  ]);
  await minutes(120);
  await sendOne(context, project, thrown("mended"));
  await sendOne(context, project, thrown("ignored"));
  await minutes(1);
  expect((await alertLines(context)).slice(2)).toEqual(["firing warning TypeError: broke in mended (shop)"]);
  expect((await summaries())[2]).toBe(
    "It came back in /srv/shop/dist/shop.js in mended: TypeError: broke in mended (2 events, 0 users).",
  );
  await reopenGroup(context, { id: ignored });
  await minutes(1);
  expect(await alertLines(context)).toHaveLength(3);
});

test("an error that was merged into another is no alert any more", async () => {
  await makeRule();
  const project = await shop();
  const [one, other] = [
    await sendOne(context, project, thrown("one")),
    await sendOne(context, project, thrown("other")),
  ];
  await minutes(1);
  await mergeGroups(context, { id: one, ids: [other] });
  await minutes(1);
  expect(await alertLines(context)).toEqual([
    "firing warning TypeError: broke in one (shop)",
    "resolved warning TypeError: broke in other (shop)",
  ]);
});

test.each([
  [{}, ["error", "fatal"]],
  [{ minimumLevel: "debug" }, ["debug", "error", "fatal", "info", "warning"]],
  [{ minimumLevel: "fatal" }, ["fatal"]],
  [{ projects: ["nobody's"] }, []],
  [{ projects: ["nobody's", "shop"] }, ["error", "fatal"]],
  [{ newErrors: false }, []],
])("a rule of %j is told of the levels %j", async (config, expected) => {
  await makeRule(config);
  const project = await shop();
  for (const level of ["debug", "info", "warning", "error", "fatal"])
    await sendOne(context, project, thrown(level, { level }));
  await minutes(1);
  const subjects = (await context.db.alert.findMany({ orderBy: { subject: "asc" } })).map(({ subject }) => subject);
  expect(subjects).toEqual(expected.map((level) => `TypeError: broke in ${level} (shop)`));
});

test("an event that happened long ago and comes now is new now", async () => {
  await makeRule();
  const timestamp = new Date(START.getTime() - 5 * 3_600_000).toISOString();
  await sendOne(context, await shop(), thrown("offline", { timestamp }));
  await minutes(59);
  expect(await alertLines(context)).toEqual(["firing warning TypeError: broke in offline (shop)"]);
  await minutes(1);
  expect(await alertLines(context)).toEqual(["resolved warning TypeError: broke in offline (shop)"]);
});

test("a rule that is made later is told of what is still news, and of nothing older", async () => {
  const project = await shop();
  await sendOne(context, project, thrown("old"));
  context.advance(1_800);
  await sendOne(context, project, thrown("recent"));
  context.advance(1_800);
  await sendOne(context, project, thrown("old"));
  await makeRule();
  await evaluateAlerts(context);
  expect(await alertLines(context)).toEqual(["firing warning TypeError: broke in recent (shop)"]);
});

const MINUTE_MS = 60_000;
const row = (more: Partial<GroupRow> = {}): GroupRow => ({
  id: "g",
  project: "shop",
  type: "TypeError",
  value: "x",
  culprit: "",
  level: "error",
  status: "open",
  createdAt: new Date(START.getTime() - 30 * MINUTE_MS),
  regressedAt: null,
  lastSeenAt: START,
  events: 1,
  users: 0,
  ...more,
});
const ago = (minute: number) => new Date(START.getTime() - minute * MINUTE_MS);

test.each<[string, object, Partial<GroupRow>, object | undefined]>([
  ["new", {}, {}, { holds: true, isBetween: false }],
  ["new, at its limit", {}, { createdAt: ago(60), lastSeenAt: ago(59) }, { holds: true, isBetween: true }],
  ["new, quiet", {}, { createdAt: ago(90), lastSeenAt: ago(60) }, { holds: false }],
  ["old and busy", {}, { createdAt: ago(9_000) }, { holds: true, isBetween: true }],
  ["come back", {}, { createdAt: ago(9_000), regressedAt: ago(1) }, { holds: true, isBetween: false }],
  [
    "come back, not asked for",
    { regressed: false },
    { createdAt: ago(9_000), regressedAt: ago(1) },
    { isBetween: true },
  ],
  ["new, not asked for", { newErrors: false }, {}, undefined],
  ["resolved", {}, { status: "resolved" }, { holds: false, summary: "TypeError: x is resolved." }],
  ["ignored", {}, { status: "ignored" }, { holds: false }],
  ["of another project", { projects: ["till"] }, {}, undefined],
  ["below the level", {}, { level: "warning" }, undefined],
  ["a long text", {}, { type: "", value: `${"🦀".repeat(200)}` }, { subject: `${"🦀".repeat(119)}… (shop)` }],
])("an error that is %s", (_what, options, group, expected) => {
  const reading = judgeGroup(errorGroup.config.parse(options), row(group), START);
  if (expected === undefined) expect(reading).toBeUndefined();
  else expect(reading).toMatchObject(expected);
});

test("a rule that asks for nothing is refused at the field", async () => {
  await expect(makeRule({ newErrors: false, regressed: false })).rejects.toMatchObject({
    issues: [{ path: "config.newErrors", message: "must be on where errors that come back are off" }],
  });
});

test("the preview tells what was new and came back, and when it was over", async () => {
  context.setNow("2026-11-20T10:10:00Z");
  const project = await shop();
  const id = await sendOne(context, project, thrown("cart"));
  context.setNow("2026-11-20T11:00:00Z");
  await sendOne(context, project, thrown("cart"));
  context.setNow("2026-11-21T09:00:00Z");
  await resolveGroup(context, { id });
  context.setNow("2026-11-22T09:00:00Z");
  await sendOne(context, project, thrown("cart"));
  context.setNow("2026-11-22T09:20:00Z");
  await resolveGroup(context, { id });
  context.setNow("2026-11-23T09:00:00Z");
  await sendOne(context, project, thrown("cart"));
  context.setNow(START);
  const preview = (config: object) => previewRule(context, { label: "x", source: "error-group", config });
  // That it had come back once before is known no more: the last time is.
  expect(await preview({})).toMatchObject({
    total: 2,
    subjects: 1,
    unavailable: null,
    firings: [
      { from: new Date("2026-11-23T09:00:00Z"), to: new Date("2026-11-23T10:00:00Z") },
      { from: new Date("2026-11-20T10:10:00Z"), to: new Date("2026-11-20T13:00:00Z") },
    ],
  });
  expect((await preview({ newErrors: false })).total).toBe(1);
  expect((await preview({ projects: ["till"] })).total).toBe(0);
});

test("a worker that hears of a new error looks at once, and not at the next minute only", async () => {
  await makeRule();
  const project = await shop();
  let queued: () => void = () => undefined;
  const told = new Promise<void>((resolve) => (queued = resolve));
  const loop = createAlertLoop(context, queued);
  await sendOne(context, project, thrown("now"));
  loop.errorsChanged();
  await told;
  await loop.stop();
  expect(await alertLines(context)).toEqual(["firing warning TypeError: broke in now (shop)"]);
});
