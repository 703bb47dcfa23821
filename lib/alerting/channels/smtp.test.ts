import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { SILENT } from "@/lib/core/log";
import { readEnv } from "@/lib/env";
import { makeAuthority } from "@/lib/testing/certificates";
import { addCheck } from "@/lib/testing/checks";
import { startMailServer } from "@/lib/testing/mail-server";
import { refusedPort } from "@/lib/testing/servers";
import { createTestContext } from "@/lib/testing/test-context";
import { claimMessages } from "../delivery/claim-messages";
import { deliver } from "../delivery/deliver";
import { formMessages } from "../delivery/form-messages";
import { testContent } from "../delivery/test-content";
import { evaluateAlerts } from "../evaluation/evaluate-alerts";
import { createRule } from "../rules/write-rule";
import type { Outgoing } from "./define-channel";
import { getChannelType } from "./registry";

const context = await createTestContext();
const env = readEnv({ NODE_ENV: "test", APP_URL: "https://watch.example.com" });
const now = new Date("2026-11-25T03:12:00Z");

const outgoing = (): Outgoing => ({
  id: "7f3c0c1e-52ac-4a0a-9d6b-3b1c5b7f0003",
  target: "a@example.com",
  createdAt: now,
  first: undefined,
  content: testContent({ env, now: () => now }, "Email"),
});
const send = (url: string) =>
  getChannelType("smtp").send({ url, from: "Watch <alerts@example.com>", to: ["a@example.com"] }, outgoing(), {
    env,
    now: () => now,
    log: SILENT,
    signal: AbortSignal.timeout(10_000),
  });

test("the subject says what is wrong, and the id stays the same over all tries", async () => {
  const { mails, url } = await startMailServer();
  const reference = await send(url);
  expect(reference).toEqual({ messageId: `<${outgoing().id}@watch.example.com>` });
  expect(mails[0]).toContain("Subject: [test] Test: This is a test of Email: nothing is wrong");
  expect(mails[0]).toContain(reference["messageId"] ?? "?");
  expect(mails[0]).toContain("Auto-Submitted: auto-generated");
});

const WANTS_SIGN_IN = { EHLO: "250-mail.test\r\n250 AUTH PLAIN" };

test.each([
  ["no such mailbox", { RCPT: "550 no such mailbox" }, "message", /550 no such mailbox/],
  ["a full mailbox", { RCPT: "452 no room" }, "retry", /452 no room/],
  ["a greylisted sender", { RCPT: "451 try later" }, "retry", /451 try later/],
  ["a busy server", { ".": "452 no room" }, "retry", /452 no room/],
  ["content that is refused", { ".": "554 spam" }, "message", /554 spam/],
  ["a sender that is refused", { MAIL: "550 who are you" }, "channel", /does not take mail from this sender/],
  ["a wrong password", { ...WANTS_SIGN_IN, AUTH: "535 5.7.8 no" }, "channel", /Check the user and password/],
  ["a sign-in that is down", { ...WANTS_SIGN_IN, AUTH: "454 4.7.0 later" }, "retry", /454/],
])("%s means %j", async (_what, answers, kind, message) => {
  const { url } = await startMailServer(answers);
  const failed = send(url.replace("//", "//user:secret@"));
  await expect(failed).rejects.toMatchObject({ about: { kind }, message: expect.stringMatching(message) });
  await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining("secret") });
});

const AUTHORITY = makeAuthority("Nobody's");

test.each([
  ["a certificate that nobody signed", { hosts: ["127.0.0.1"] }, "channel", /certificate/],
  ["a certificate that has expired", { hosts: ["127.0.0.1"], fromDays: -9, toDays: -1 }, "channel", /certificate/],
])("%s: nothing is sent, and nothing is uncertain", async (_what, issued, kind, message) => {
  const { mails, said, url } = await startMailServer({}, AUTHORITY.issue(issued));
  const failure = await send(url).catch((error: unknown) => error);
  expect(failure).toMatchObject({ about: { kind }, message: expect.stringMatching(message) });
  expect(failure).not.toMatchObject({ about: { isUncertain: true } });
  expect([...mails, ...said]).toEqual([]);
});

test("a port that speaks no TLS names what to do", async () => {
  const { url } = await startMailServer();
  await expect(send(url.replace("smtp:", "smtps:"))).rejects.toMatchObject({
    about: { kind: "channel" },
    message: expect.stringMatching(/smtp:\/\//),
  });
});

test("a server that is not there is tried again, and nothing arrived", async () => {
  const failure = await send(`smtp://127.0.0.1:${await refusedPort()}`).catch((error: unknown) => error);
  expect(failure).toMatchObject({ about: { kind: "retry", isUncertain: false } });
});

test("of two recipients one is refused: the other is told, the refusal is kept, and the channel stays on", async () => {
  const { mails, url } = await startMailServer({ "RCPT TO:<gone@example.com>": "550 no such mailbox" });
  const config = { url, from: "alerts@example.com", to: ["gone@example.com", "ada@example.com"] };
  const channel = await context.db.alertChannel.create({ data: { key: "mail", label: "Mail", type: "smtp", config } });
  await createRule(context, { label: "Checks", source: "check-state", severity: "critical" });
  await addCheck(context, { key: "pay", label: "pay", status: "failed" });
  await evaluateAlerts(context);
  context.advance(1);
  await formMessages(context);
  const claimed = await claimMessages(context, { owner: randomUUID(), limit: 10 });
  await Promise.all(claimed.map((message) => deliver(context, message)));
  expect(mails).toHaveLength(1);
  expect(mails[0]).toContain("To: ada@example.com");
  const messages = await context.db.notificationMessage.findMany({ orderBy: { target: "asc" } });
  expect(messages.map(({ target, status }) => `${target} ${status}`)).toEqual([
    "ada@example.com sent",
    "gone@example.com failed",
  ]);
  expect(await context.db.alertChannel.findUniqueOrThrow({ where: { id: channel.id } })).toMatchObject({
    disabledAt: null,
  });
  const story = await context.db.alertEvent.findMany({ orderBy: { id: "asc" } });
  expect(story.map(({ message }) => message)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^ada@example.com by Mail was told/),
      expect.stringMatching(/^Mail could not be told: 127.0.0.1 answered 550 no such mailbox/),
    ]),
  );
});
