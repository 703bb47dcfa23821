import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import type { Context } from "@/lib/core/context";
import { readEnv } from "@/lib/env";
import { userActor } from "@/lib/testing/actors";
import { addCheck } from "@/lib/testing/checks";
import { startResend, startSlack } from "@/lib/testing/stand-ins";
import { createTestContext } from "@/lib/testing/test-context";
import { acknowledgeAlert } from "../acknowledge-alert";
import { evaluateAlerts } from "../evaluation/evaluate-alerts";
import { createRule } from "../rules/write-rule";
import { claimMessages } from "./claim-messages";
import { deliver } from "./deliver";
import { createDelivery } from "./delivery-loop";
import { formMessages } from "./form-messages";
import { sendAgain } from "./send-again";
import { sendTest } from "./send-test";

const base = await createTestContext();
const slack = await startSlack();
const resend = await startResend();
const env = readEnv({
  NODE_ENV: "test",
  APP_URL: "https://watch.example.com",
  SLACK_API_URL: `${slack.url}/api/`,
  SLACK_BOT_TOKEN: "xoxb-test",
  SLACK_CHANNEL: "C1",
  RESEND_BASE_URL: resend.url,
  RESEND_API_KEY: "re_test",
  ALERT_EMAIL_FROM: "alerts@example.com",
  ALERT_EMAIL_TO: "a@example.com,b@example.com",
});
const context: Context = { ...base, env };
const START = new Date("2026-11-25T03:00:00Z");

beforeEach(async () => {
  base.setNow(START);
  await base.sql.query("TRUNCATE alerts, alert_fingerprints, alert_rules, alert_channels, health_checks CASCADE");
  await base.db.alertChannel.create({ data: { key: "slack", label: "Slack", type: "slack", config: {} } });
  await base.db.alertChannel.create({ data: { key: "email", label: "Email", type: "email", config: {} } });
  await createRule(base, { label: "Checks", source: "check-state", severity: "critical" });
  for (const one of [slack, resend]) {
    one.accepted.length = 0;
    one.updates.length = 0;
    one.calls = 0;
    one.refusals.clear();
    one.behave("ok");
  }
});

const fail = (key: string) =>
  addCheck(base, {
    key,
    label: key,
    status: "failed",
    lastResult: { message: `${key} answered 503 (expected 200-299).`, shortSummary: "503" },
  });
/** All that is due is sent, as often as something falls due within some seconds. */
async function send(seconds = 30) {
  for (let second = 0; second < seconds; second += 1) {
    await formMessages(context);
    const claimed = await claimMessages(context, { owner: randomUUID(), limit: 50 });
    await Promise.all(claimed.map((message) => deliver(context, message)));
    base.advance(1);
  }
}
const look = () => evaluateAlerts(context);
const subjects = () =>
  resend.accepted.map(({ body }) => `${String(body["to"])}: ${String(body["subject"])}`).toSorted();

test("a failing check: one Slack message and one email for each recipient, with cause and links; three reminders in three hours; recovered, the message is changed and one recovery goes out", async () => {
  await fail("pay");
  await look();
  await send(3);
  expect(slack.accepted).toHaveLength(1);
  const text = JSON.stringify(slack.accepted[0]?.body);
  expect(text).toContain("answered 503 (expected 200-299)");
  expect(text).toContain("https://watch.example.com/alerts/");
  expect(text).toContain("watchkeeper_acknowledge");
  expect(subjects()).toEqual([
    "a@example.com: [critical] pay: answered 503 (expected 200-299)",
    "b@example.com: [critical] pay: answered 503 (expected 200-299)",
  ]);
  for (let minute = 0; minute < 180; minute += 1) {
    base.advance(60);
    await look();
    if (minute % 20 === 19) await send(12);
  }
  expect(slack.accepted).toHaveLength(4);
  expect(
    slack.accepted
      .slice(1)
      .every(
        ({ body }) =>
          body["thread_ts"] === slack.accepted[0]?.body["ts"] ||
          String(body["thread_ts"]) === String(slack.accepted[0]?.body["ts"]),
      ),
  ).toBe(true);
  await base.db.healthCheck.update({ where: { key: "pay" }, data: { status: "ok" } });
  await look();
  await send(12);
  expect(slack.accepted).toHaveLength(5);
  expect(slack.updates).toHaveLength(1);
  expect(JSON.stringify(slack.updates[0])).not.toContain("watchkeeper_acknowledge");
  expect(subjects().filter((line) => line.includes("[resolved] pay"))).toHaveLength(2);
  expect(resend.accepted).toHaveLength(10);
});

test("several alerts at once are one message", async () => {
  await Promise.all(["a", "b", "c"].map(fail));
  await look();
  await send(3);
  expect(slack.accepted).toHaveLength(1);
  expect(subjects()[0]).toBe("a@example.com: [critical] 3 alerts: a, b, c");
});

test("500, 429 and a closed connection are tried again until it arrives, with the same key", async () => {
  slack.behave("500", "429", "reset", "ok");
  resend.behave("500", "500", "429", "reset", "ok");
  await fail("pay");
  await look();
  await send(40);
  expect(slack.accepted.map(({ body }) => body["thread_ts"])).toEqual([undefined]);
  expect(resend.accepted).toHaveLength(2);
  const messages = await base.db.notificationMessage.findMany({ include: { history: { orderBy: { id: "asc" } } } });
  expect(messages.every(({ status }) => status === "sent")).toBe(true);
  expect(
    messages.flatMap(({ history }) => history.map(({ outcome }) => outcome)).filter((outcome) => outcome === "retry")
      .length,
  ).toBe(7);
});

test("an answer that was lost: Slack is asked, and not told twice", async () => {
  slack.behave("lost", "ok");
  resend.behave("lost", "lost", "ok");
  await fail("pay");
  await look();
  await send(20);
  expect(slack.accepted).toHaveLength(1);
  expect(resend.accepted).toHaveLength(2);
  const message = await base.db.notificationMessage.findFirstOrThrow({
    where: { channel: { key: "slack" } },
    include: { history: { orderBy: { id: "asc" } } },
  });
  expect(message.history.map(({ outcome }) => outcome)).toEqual(["retry", "found"]);
});

const nameSlackChannel = () =>
  base.db.alertChannel.update({ where: { key: "slack" }, data: { config: { channel: "#ops" } } });

test("a Slack channel that was given by name is asked too: its id is looked up", async () => {
  await nameSlackChannel();
  slack.behave("lost", "ok");
  await fail("pay");
  await look();
  await send(20);
  expect(slack.accepted).toHaveLength(1);
});

test("its id is known from what arrived before, where the app may not look it up", async () => {
  await nameSlackChannel();
  await fail("pay");
  await look();
  await send(3);
  slack.refusals.set("users.conversations", "missing_scope");
  slack.behave("lost", "ok");
  base.advance(60);
  await fail("mail");
  await look();
  await send(20);
  expect(slack.accepted).toHaveLength(2);
});

test("where Slack lets us find out nothing, it is posted again rather than lost", async () => {
  await nameSlackChannel();
  slack.refusals.set("users.conversations", "missing_scope");
  slack.behave("lost", "ok");
  await fail("pay");
  await look();
  await send(20);
  expect(slack.accepted).toHaveLength(2);
  expect(new Set(slack.accepted.map(({ id }) => id)).size).toBe(1);
});

test("a process that died after it sent: the next one finds the message there", async () => {
  await fail("pay");
  await look();
  base.advance(1);
  await formMessages(context);
  const dead = await claimMessages(context, { owner: randomUUID(), limit: 1 });
  const message = dead.find(({ channelType }) => channelType === "slack") ?? dead[0];
  expect(message).toBeDefined();
  expect(await claimMessages(context, { owner: randomUUID(), limit: 50 })).toHaveLength(2);
  base.advance(31);
  await send(5);
  expect(slack.accepted).toHaveLength(1);
  expect(resend.accepted).toHaveLength(2);
});

test("invalid_auth: one try, the channel is off with what to do, and the other channel tells that Slack could not be told", async () => {
  slack.behave("invalid_auth");
  await fail("pay");
  await look();
  await send(60);
  expect(slack.calls).toBe(1);
  const channel = await base.db.alertChannel.findUniqueOrThrow({ where: { key: "slack" } });
  expect(channel.disabledAt).not.toBeNull();
  expect(channel.disabledReason).toMatch(/token/i);
  expect(resend.accepted).toHaveLength(4);
  expect(JSON.stringify(resend.accepted.at(-1)?.body)).toContain("Slack could not be told");
  // A second alert: nothing is tried, and its row says why.
  await fail("mail");
  base.advance(60);
  await look();
  await send(15);
  expect(slack.calls).toBe(1);
  // The token was changed: a test switches it on again.
  slack.behave("ok");
  await sendTest(context, { id: "slack" });
  await send(3);
  expect((await base.db.alertChannel.findUniqueOrThrow({ where: { key: "slack" } })).disabledAt).toBeNull();
  expect(JSON.stringify(slack.accepted.at(-1)?.body)).toContain("This is a test of Slack");
});

test("acknowledged, the message says by whom", async () => {
  await fail("pay");
  await look();
  await send(3);
  const alert = await base.db.alert.findFirstOrThrow();
  await acknowledgeAlert({ ...context, actor: { ...userActor("editor"), name: "Ada" } }, { id: alert.id });
  await send(3);
  expect(JSON.stringify(slack.updates)).toContain("Ada");
});

test("a message that was given up is sent again by a person, as the same one", async () => {
  resend.behave("500");
  await fail("pay");
  await look();
  await send(2);
  base.advance(86_400);
  await send(3);
  const failed = await base.db.notificationMessage.findMany({ where: { status: "failed" } });
  expect(failed).toHaveLength(2);
  resend.behave("ok");
  await sendAgain(context, { id: failed[0]?.id ?? "" });
  await send(3);
  expect(resend.accepted.map(({ id }) => id)).toEqual([failed[0]?.id]);
});

test("two loops side by side send each message once, and stop in order", async () => {
  const running = { ...context, now: () => new Date() };
  const loops = [1, 2].map(() => createDelivery(running, { owner: randomUUID() }));
  for (const loop of loops) loop.start();
  await Promise.all(Array.from({ length: 20 }, (_, index) => fail(`c${index}`)));
  await evaluateAlerts(running);
  for (const loop of loops) loop.wake();
  await expect.poll(() => resend.accepted.length, { timeout: 15_000 }).toBe(2);
  await expect.poll(() => slack.accepted.length).toBe(1);
  await Promise.all(loops.map((loop) => loop.stop()));
  const left = await base.db.notification.count({ where: { status: "queued" } });
  expect(left).toBe(0);
});
