import { beforeEach, expect, test } from "vitest";
import type { CheckStatus } from "@/lib/checks/define-check";
import { userActor } from "@/lib/testing/actors";
import { addChannel, alertLines, toldLines } from "@/lib/testing/alerting";
import { addCheck } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import { acknowledgeAlert, unacknowledgeAlert } from "../acknowledge-alert";
import { createMaintenance } from "../maintenance/maintenance";
import { createRule, deleteRule, pauseRule } from "../rules/write-rule";
import { createSilence, endSilence, listSilences } from "../silences/silences";
import { evaluateAlerts } from "./evaluate-alerts";

const context = await createTestContext();
const START = new Date("2026-11-25T03:00:00Z");
const ada = () => context.as({ ...userActor("editor"), name: "Ada" });

beforeEach(async () => {
  context.setNow(START);
  await context.sql.query(
    "TRUNCATE alerts, alert_fingerprints, alert_rules, alert_channels, health_checks, silences, maintenance_windows CASCADE",
  );
  await addChannel(context);
  await createRule(context, {
    label: "Checks",
    source: "check-state",
    severity: "critical",
    config: { warnings: true },
  });
});

const failing = (key: string, more: object = {}) => addCheck(context, { key, label: key, status: "failed", ...more });
const become = (key: string, status: CheckStatus) =>
  context.db.healthCheck.update({ where: { key }, data: { status } });
const look = async (seconds = 0) => {
  context.advance(seconds);
  return evaluateAlerts(context);
};
const onlyAlert = async () => context.db.alert.findFirstOrThrow({ orderBy: { pendingSince: "desc" } });

test("a failing check for three hours: one message, and one reminder an hour", async () => {
  await failing("pay");
  for (let minute = 0; minute <= 180; minute += 1) await look(minute === 0 ? 0 : 60);
  expect(await toldLines(context)).toEqual(["firing pay", "reminder pay", "reminder pay", "reminder pay"]);
});

test("looking again and from two processes at once changes nothing and tells nobody twice", async () => {
  await Promise.all(Array.from({ length: 12 }, (_, index) => failing(`c${index}`)));
  await Promise.all([look(), look(), look()]);
  expect(await alertLines(context)).toHaveLength(12);
  expect(await toldLines(context)).toHaveLength(12);
  const { changed } = await look(60);
  expect(changed).toBe(0);
});

test("an acknowledged alert does not remind; given back it does", async () => {
  await failing("pay");
  await look();
  const { id } = await onlyAlert();
  await acknowledgeAlert(ada(), { id, note: "on it" });
  await look(3_600);
  expect(await toldLines(context)).toEqual(["firing pay"]);
  expect(await onlyAlert()).toMatchObject({ acknowledgedBy: "Ada", acknowledgeNote: "on it" });
  await unacknowledgeAlert(ada(), { id });
  await look(60);
  expect(await toldLines(context)).toEqual(["firing pay", "reminder pay"]);
});

test("within the cooldown one that came back is held back with the reason, another check is not, a worse one breaks through", async () => {
  await failing("pay", { status: "warning" });
  await look();
  await become("pay", "ok");
  await look(60);
  await become("pay", "warning");
  await failing("mail");
  await look(60);
  expect(await alertLines(context)).toEqual([
    "resolved warning pay",
    "firing critical mail",
    "firing warning pay (cooldown until 2026-11-25 04:00 UTC: it was told at 2026-11-25 03:00 UTC)",
  ]);
  expect(await toldLines(context)).toEqual(["firing mail", "firing pay", "resolved pay"]);
  await become("pay", "failed");
  await look(60);
  expect(await toldLines(context)).toEqual(["firing mail", "firing pay", "firing pay", "resolved pay"]);
  // Over before anybody was told: no recovery without a firing.
});

test("one that is held back and over again is nobody's news; one that still fires after the cooldown is told", async () => {
  await failing("pay");
  await look();
  await become("pay", "ok");
  await look(60);
  await become("pay", "failed");
  await look(60);
  await look(3_480);
  expect(await toldLines(context)).toEqual(["firing pay", "firing pay", "resolved pay"]);
  await become("pay", "ok");
  await look(60);
  await become("pay", "failed");
  await look(60);
  await become("pay", "ok");
  await look(60);
  expect((await toldLines(context)).filter((line) => line.startsWith("resolved"))).toHaveLength(2);
});

test("a rise in severity is told at once, a fall is not", async () => {
  await failing("pay", { status: "warning" });
  await look();
  await become("pay", "failed");
  await look(60);
  await become("pay", "warning");
  await look(60);
  expect(await toldLines(context)).toEqual(["escalated pay", "firing pay"]);
  expect(await alertLines(context)).toEqual(["firing critical pay"]);
});

test("a silence mutes what fits, with the reason; when it ends the alert is told", async () => {
  await createSilence(ada(), {
    matchers: [{ label: "check", op: "=", value: "pay" }],
    comment: "moving house",
    endsAt: new Date(START.getTime() + 600_000),
  });
  await failing("pay");
  await failing("mail");
  await look();
  expect(await alertLines(context)).toEqual([
    "firing critical mail",
    "firing critical pay (silenced by Ada until 2026-11-25 03:10 UTC: moving house)",
  ]);
  expect(await toldLines(context)).toEqual(["firing mail"]);
  await look(600);
  expect(await toldLines(context)).toEqual(["firing mail", "firing pay"]);
});

test("a silence can be ended before its time", async () => {
  await createSilence(ada(), {
    matchers: [{ label: "check", op: "=~", value: "p.*" }],
    comment: "x",
    endsAt: new Date(START.getTime() + 600_000),
  });
  await failing("pay");
  await look();
  const [silence] = await listSilences(context);
  await endSilence(ada(), { id: silence?.id ?? "" });
  await look(60);
  expect(await toldLines(context)).toEqual(["firing pay"]);
});

test("in a maintenance window nobody is told; after it they are", async () => {
  await createMaintenance(ada(), {
    label: "Upgrade",
    recurrence: "once",
    startsAt: new Date(START.getTime() - 60_000),
    endsAt: new Date(START.getTime() + 1_800_000),
    matchers: [{ label: "check", op: "=", value: "pay" }],
  });
  await failing("pay");
  await look();
  expect(await alertLines(context)).toEqual([`firing critical pay (maintenance "Upgrade" until 2026-11-25 03:30 UTC)`]);
  await look(1_800);
  expect(await toldLines(context)).toEqual(["firing pay"]);
});

test("checks that depend on a failing one are its effects: one alert is told, the others are listed under it", async () => {
  await failing("database");
  await failing("api", { dependsOn: ["database"] });
  await failing("shop", { dependsOn: ["api"] });
  await look();
  expect(await toldLines(context)).toEqual(["firing database"]);
  expect(await alertLines(context)).toEqual([
    "firing critical api (an effect of database)",
    "firing critical database",
    "firing critical shop (an effect of database)",
  ]);
  const parent = await context.db.alert.findFirstOrThrow({
    where: { subject: "database" },
    include: { effects: true },
  });
  expect(parent.effects.map(({ subject }) => subject).toSorted()).toEqual(["api", "shop"]);
  // The cause is over, one effect stays: it is its own alert once it was looked at.
  await become("database", "ok");
  await become("api", "ok");
  await look(60);
  expect(await toldLines(context)).toEqual(["firing database", "resolved database"]);
  await look(8);
  expect(await toldLines(context)).toEqual(["firing database", "firing shop", "resolved database"]);
});

test("a cause recovers before its effects: they are run at once, and what recovers with it tells nobody", async () => {
  await failing("database");
  const later = new Date(START.getTime() + 300_000);
  const effects = [
    await failing("api", { dependsOn: ["database"], nextDueAt: later }),
    await failing("shop", { dependsOn: ["database"], nextDueAt: later }),
  ];
  await look();
  await become("database", "ok");
  await look(60);
  const due = await context.db.healthCheck.findMany({ where: { id: { in: effects.map(({ id }) => id) } } });
  expect(due.map(({ nextDueAt }) => nextDueAt)).toEqual([context.now(), context.now()]);
  await become("api", "ok");
  await look(2);
  await become("shop", "ok");
  await look(2);
  expect(await toldLines(context)).toEqual(["firing database", "resolved database"]);
  // They are still listed under what they came from.
  const cause = await context.db.alert.findFirstOrThrow({ where: { subject: "database" }, include: { effects: true } });
  expect(cause.effects.map(({ subject, state }) => `${subject} ${state}`).toSorted()).toEqual([
    "api resolved",
    "shop resolved",
  ]);
});

test("an effect that is seen first waits for its cause, which is run at once", async () => {
  const now = context.now();
  await addCheck(context, {
    key: "database",
    label: "database",
    status: "ok",
    lastResult: { startedAt: new Date(now.getTime() - 50_000).toISOString() },
    nextDueAt: new Date(now.getTime() + 10_000),
  });
  const api = await failing("api", { dependsOn: ["database"] });
  const { lookAgainAt } = await evaluateAlerts(context, { checkIds: [api.id] });
  expect(await alertLines(context)).toEqual(["firing critical api (what it depends on is being looked at first)"]);
  expect(lookAgainAt).toEqual(new Date(now.getTime() + 7_500));
  const database = await context.db.healthCheck.findUniqueOrThrow({ where: { key: "database" } });
  expect(database.nextDueAt).toEqual(now);
  // Its cause fails too: the effect is told by nobody.
  context.advance(3);
  await become("database", "failed");
  await evaluateAlerts(context, { checkIds: [database.id] });
  expect(await toldLines(context)).toEqual(["firing database"]);
  await look(60);
  expect(await toldLines(context)).toEqual(["firing database"]);
});

test("its cause passes: the effect is told when the wait is over", async () => {
  const now = context.now();
  await addCheck(context, {
    key: "database",
    label: "database",
    status: "ok",
    lastResult: { startedAt: new Date(now.getTime() - 50_000).toISOString() },
  });
  await failing("api", { dependsOn: ["database"] });
  await look();
  await look(8);
  expect(await toldLines(context)).toEqual(["firing api"]);
});

test("a check that comes and goes is flapping: it stays firing until it was calm for a quarter of an hour", async () => {
  await failing("pay");
  for (let times = 0; times < 4; times += 1) {
    await become("pay", "failed");
    await look(60);
    await become("pay", "ok");
    await look(60);
  }
  expect((await alertLines(context)).at(-1)).toMatch(/^firing critical pay/);
  expect(await onlyAlert()).toMatchObject({ isFlapping: true });
  await look(900);
  expect((await alertLines(context)).every((line) => line.startsWith("resolved"))).toBe(true);
});

test("a rule that is paused or deleted ends its alerts", async () => {
  await failing("pay");
  await look();
  await pauseRule(ada(), { id: "checks" });
  await look(60);
  expect(await onlyAlert()).toMatchObject({ state: "resolved", resolvedReason: "its rule was deleted or paused" });
  await deleteRule(ada(), { id: "checks" });
  expect(await look(60)).toMatchObject({ rules: 0 });
});

test("a check that is paused or deleted ends its alert", async () => {
  const { id } = await failing("pay");
  await failing("mail");
  await look();
  await context.db.healthCheck.update({ where: { id }, data: { pausedAt: START } });
  await context.db.healthCheck.delete({ where: { key: "mail" } });
  await look(60);
  expect(await alertLines(context)).toEqual(["resolved critical mail", "resolved critical pay"]);
});

test("a rule that can't be read is put aside with the reason; the others go on", async () => {
  await context.db.alertRule.create({ data: { key: "bad", label: "Bad", source: "metric", config: { metric: 7 } } });
  await context.db.alertRule.create({ data: { key: "old", label: "Old", source: "gone", config: {} } });
  await failing("pay");
  await look();
  expect(await alertLines(context)).toEqual(["firing critical pay"]);
  const problems = await context.db.alertRule.findMany({ where: { problem: { not: null } }, orderBy: { key: "asc" } });
  expect(problems.map(({ key, problem }) => `${key}: ${problem}`)).toEqual([
    expect.stringContaining("bad: Its settings are not valid (metric: "),
    'old: There is no source "gone" in this version.',
  ]);
});

test("a channel that is off gets a row that says so", async () => {
  await addChannel(context, { key: "off", label: "Off", disabledAt: START, disabledReason: "the token is not valid" });
  await failing("pay");
  await look();
  const rows = await context.db.notification.findMany({ include: { channel: true } });
  expect(rows.map(({ channel, status, reason }) => [channel.key, status, reason]).toSorted()).toEqual([
    ["hook", "queued", null],
    ["off", "suppressed", "the channel is off: the token is not valid"],
  ]);
});

test("an alert whose state nobody knows any more is not looked at all the time", async () => {
  await createRule(context, { label: "Slow", source: "check-state", forSeconds: 60, key: "slow" });
  await failing("pay");
  expect((await look()).lookAgainAt).toEqual(new Date(START.getTime() + 60_000));
  await context.db.healthCheck.update({ where: { key: "pay" }, data: { status: null } });
  expect((await look(120)).lookAgainAt).toBeNull();
});
