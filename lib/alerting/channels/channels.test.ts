import { createHmac, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { afterAll, expect, test } from "vitest";
import { SILENT } from "@/lib/core/log";
import { readEnv } from "@/lib/env";
import type { MessageAlert } from "../message";
import { renderEmail } from "../email/render-email";
import { MOST_ALERTS } from "../delivery/form-messages";
import { alertmanagerBody } from "./alertmanager-body";
import { DeliveryFailure, type Outgoing } from "./define-channel";
import { CHANNEL_TYPES, getChannelType } from "./registry";
import { slackMessage } from "./slack-message";
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

const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    alert({ id: randomUUID(), subject: `Shop ${index} of ${"x".repeat(40)}.` }),
  );
const isNamed = (text: string) => (index: number) => text.includes(`Shop ${index} of`);

test("of a large outage each alert is named, in the email and in Slack, within what Slack takes", async () => {
  const message = outgoing("a", ...many(MOST_ALERTS));
  const indexes = message.content.alerts.map((_, index) => index);
  const { html, text } = await renderEmail(message.content, now);
  expect(indexes.every(isNamed(text))).toBe(true);
  expect(indexes.every(isNamed(html))).toBe(true);
  expect(text).toContain("https://watch.example.com/alerts\n");
  // Gmail cuts what is longer.
  expect(Buffer.byteLength(html)).toBeLessThan(102_000);
  const { attachments } = slackMessage(message);
  expect(indexes.every(isNamed(JSON.stringify(attachments)))).toBe(true);
  const blocks = attachments.flatMap((attachment) => attachment.blocks ?? []);
  expect(blocks.length).toBeLessThanOrEqual(50);
  for (const text of JSON.stringify(blocks).matchAll(/"text":"([^"]*)"/g))
    expect(text[1]?.length).toBeLessThanOrEqual(3_000);
  expect(alertmanagerBody(message)).toMatchObject({ truncatedAlerts: 0 });
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
