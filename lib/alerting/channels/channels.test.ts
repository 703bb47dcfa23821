import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { afterAll, expect, test } from "vitest";
import { SILENT } from "@/lib/core/log";
import { readEnv } from "@/lib/env";
import type { MessageAlert } from "../message";
import { renderEmail } from "../email/render-email";
import { DeliveryFailure, type Outgoing } from "./define-channel";
import { CHANNEL_TYPES, getChannelType } from "./registry";
import { meaningOf } from "./webhook";

const now = new Date("2026-11-25T03:12:00Z");
const env = readEnv({ NODE_ENV: "test" });
const tools = () => ({ env, now: () => now, log: SILENT, signal: AbortSignal.timeout(10_000) });

const alert = (more: Partial<MessageAlert> = {}): MessageAlert => ({
  id: "7f3c0c1e-52ac-4a0a-9d6b-3b1c5b7f0001",
  fingerprint: "f1",
  kind: "firing",
  state: "firing",
  severity: "critical",
  ruleKey: "check-failing",
  ruleLabel: "Health check failing",
  subject: "Payments API",
  summary: "Payments API answered 503 (expected 200-299).",
  value: 97,
  threshold: 90,
  unit: "percent",
  labels: { check: "payments" },
  checkId: "7f3c0c1e-52ac-4a0a-9d6b-3b1c5b7f0002",
  runbookUrl: "https://wiki.example.com/payments",
  firingSince: "2026-11-25T03:00:00.000Z",
  resolvedAt: null,
  acknowledgedBy: null,
  effects: [{ subject: "Shop", summary: "Shop is down." }],
  incident: { id: "7f3c0c1e-52ac-4a0a-9d6b-3b1c5b7f0004", number: 12, title: "Payments API: answered 503" },
  note: null,
  ...more,
});
const outgoing = (target: string, ...alerts: MessageAlert[]): Outgoing => ({
  id: "7f3c0c1e-52ac-4a0a-9d6b-3b1c5b7f0003",
  target,
  createdAt: now,
  first: undefined,
  content: {
    appUrl: "https://watch.example.com",
    installation: "watch.example.com",
    alerts: alerts.length > 0 ? alerts : [alert()],
  },
});

test.each([...CHANNEL_TYPES])("%s describes itself, takes its own example, and says what it lacks", (_id, type) => {
  expect(type.label).not.toBe("");
  expect(type.config.safeParse(type.example).success).toBe(true);
  expect(type.findProblem({ nonsense: 1 }, env)).toMatch(/not valid/);
  for (const schema of Object.values(type.config.shape)) expect(schema.meta()?.title).toBeTruthy();
});

test("a webhook gets Alertmanager's body, signed, with the message's key; its answers mean what they mean", async () => {
  const got: { headers: Record<string, unknown>; body: string }[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      got.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(status, { "retry-after": "7" }).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  afterAll(() => new Promise((closed) => server.close(closed)));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/hook`;
  const webhook = getChannelType("webhook");
  const config = { url, secret: "a shared secret" };
  const send = () => webhook.send(config, outgoing("127.0.0.1"), tools());
  await send();
  const [first] = got;
  expect(JSON.parse(first?.body ?? "")).toMatchObject({
    version: "4",
    status: "firing",
    alerts: [
      {
        status: "firing",
        labels: { alertname: "Health check failing", check: "payments", severity: "critical" },
        fingerprint: "f1",
      },
    ],
  });
  const time = Math.floor(now.getTime() / 1000);
  const signature = createHmac("sha256", "a shared secret").update(`${time}.${first?.body}`).digest("hex");
  expect(first?.headers).toMatchObject({
    "x-watchkeeper-signature": `t=${time},v1=${signature}`,
    "idempotency-key": outgoing("x").id,
  });
  status = 429;
  await expect(send()).rejects.toMatchObject({ about: { kind: "retry", retryAfterMs: 7_000 } });
  status = 404;
  await expect(send()).rejects.toMatchObject({ about: { kind: "channel" } });
  await expect(webhook.send({ url: "http://127.0.0.1:9/" }, outgoing("127.0.0.1"), tools())).rejects.toBeInstanceOf(
    DeliveryFailure,
  );
});

test.each([
  [204, "sent"],
  [302, "channel"],
  [400, "message"],
  [401, "channel"],
  [408, "retry"],
  [429, "retry"],
  [500, "retry"],
  [503, "retry"],
])("a webhook's answer %d means %s", (status, meaning) => {
  expect(meaningOf(status)).toBe(meaning);
});

/** A mail server that says to each line what it is told to, and keeps what it was sent. */
async function startMailServer(answers: Record<string, string> = {}) {
  const mails: string[] = [];
  const server = createTcpServer((socket) => {
    let isData = false;
    let text = "";
    socket.write("220 mail.test ESMTP\r\n");
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      text += chunk.toString();
      for (;;) {
        const end = text.indexOf(isData ? "\r\n.\r\n" : "\r\n");
        if (end === -1) return;
        const line = text.slice(0, end);
        text = text.slice(end + (isData ? 5 : 2));
        if (isData) {
          isData = false;
          mails.push(line);
          socket.write(`${answers["."] ?? "250 taken"}\r\n`);
          continue;
        }
        const verb = line.split(/[ :]/)[0]?.toUpperCase() ?? "";
        isData = verb === "DATA" && answers[verb] === undefined;
        socket.write(`${answers[verb] ?? (verb === "DATA" ? "354 go on" : "250 fine")}\r\n`);
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  afterAll(() => void server.close());
  const address = server.address();
  return { mails, url: `smtp://127.0.0.1:${typeof address === "object" ? address?.port : 0}` };
}

const mail = (url: string) =>
  getChannelType("smtp").send(
    { url, from: "Watch <alerts@example.com>", to: ["a@example.com"] },
    outgoing("a@example.com"),
    tools(),
  );

test("an email by SMTP: the subject says what is wrong with which number, and the id stays the same", async () => {
  const { mails, url } = await startMailServer();
  const reference = await mail(url);
  expect(reference).toEqual({ messageId: `<${outgoing("x").id}@watch.example.com>` });
  expect(mails[0]).toContain("Subject: [critical] Payments API: answered 503 (expected 200-299)");
  expect(mails[0]).toContain(reference["messageId"] ?? "?");
  expect(mails[0]).toContain("Auto-Submitted: auto-generated");
});

test.each([
  ["no such mailbox", { RCPT: "550 no such mailbox" }, "message"],
  ["the mailbox is busy", { RCPT: "451 try later" }, "retry"],
  ["the server is busy", { ".": "452 no room" }, "retry"],
])("%s: %j is %s", async (_what, answers, kind) => {
  const { url } = await startMailServer(answers);
  await expect(mail(url)).rejects.toMatchObject({ about: { kind } });
});

test("a mail server that is not there is tried again", async () => {
  await expect(mail("smtp://127.0.0.1:9")).rejects.toMatchObject({ about: { kind: "retry" } });
});

test("an email escapes what came from outside, and says several alerts, recoveries and notes", async () => {
  const evil = alert({
    subject: "<script>alert(1)</script>",
    note: "Slack could not be told: <b>invalid_auth</b>",
    kind: "undelivered",
  });
  const { subject, html, text } = await renderEmail(
    outgoing("a", evil, alert({ state: "resolved", kind: "resolved", resolvedAt: "2026-11-25T03:12:00.000Z" })).content,
    now,
  );
  expect(subject).toBe("[critical] 1 alert (1 resolved): <script>alert(1)</script>");
  expect(html).not.toContain("<script>alert");
  expect(html).not.toContain("<b>invalid_auth</b>");
  expect(html).toContain("color-scheme");
  expect(text).toContain("Slack could not be told");
  expect(text).toContain("https://watch.example.com/alerts/7f3c0c1e-52ac-4a0a-9d6b-3b1c5b7f0001");
});
