import { createHmac } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { readEnv } from "@/lib/env";
import { addCheck } from "@/lib/testing/checks";
import { callApi } from "@/lib/testing/call-api";
import { createTestContext } from "@/lib/testing/test-context";
import { evaluateAlerts } from "../evaluation/evaluate-alerts";
import { createRule } from "../rules/write-rule";

const base = await createTestContext();
const SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
const context = { ...base, env: readEnv({ NODE_ENV: "test", SLACK_SIGNING_SECRET: SECRET }) };

beforeEach(async () => {
  await base.sql.query("TRUNCATE alerts, alert_fingerprints, alert_rules, health_checks, silences CASCADE");
  await createRule(base, { label: "Checks", source: "check-state" });
  await addCheck(base, { key: "pay", label: "pay", status: "failed" });
  await evaluateAlerts(base);
});

async function press(action: string, { secret = SECRET, secondsAgo = 0, body = "" } = {}) {
  const { id } = await base.db.alert.findFirstOrThrow();
  const payload = {
    type: "block_actions",
    user: { id: "U1", name: "grace" },
    actions: [{ action_id: action, value: id }],
  };
  const form = body || new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const time = String(Math.floor(Date.now() / 1000) - secondsAgo);
  const signature = `v0=${createHmac("sha256", secret).update(`v0:${time}:${form}`).digest("hex")}`;
  return callApi(context, "POST /api/slack/interactions", {
    body: form,
    headers: {
      "x-slack-request-timestamp": time,
      "x-slack-signature": signature,
    },
  });
}

test("a press with a bad or an old signature is refused, and changes nothing", async () => {
  expect((await press("watchkeeper_acknowledge", { secret: "wrong" })).status).toBe(401);
  expect((await press("watchkeeper_acknowledge", { secondsAgo: 301 })).status).toBe(401);
  expect((await callApi(context, "POST /api/slack/interactions", { body: "payload={}" })).status).toBe(401);
  expect(await base.db.alert.findFirstOrThrow()).toMatchObject({ acknowledgedBy: null });
});

test("a good one acknowledges with the person's name", async () => {
  expect((await press("watchkeeper_acknowledge")).status).toBe(200);
  expect(await base.db.alert.findFirstOrThrow()).toMatchObject({ acknowledgedBy: "grace (Slack)" });
});

test("the other button silences the check for an hour", async () => {
  expect((await press("watchkeeper_silence")).status).toBe(200);
  const silence = await base.db.silence.findFirstOrThrow();
  expect(silence).toMatchObject({
    createdBy: "grace (Slack)",
    matchers: expect.arrayContaining([{ label: "check", op: "=", value: "pay" }]),
  });
  expect(silence.endsAt.getTime() - silence.startsAt.getTime()).toBeGreaterThan(3_590_000);
});

test("what can't be done is told to that person, and what is no press is nothing", async () => {
  await base.sql.query("UPDATE alerts SET state = 'resolved', resolved_at = now(), open_fingerprint = NULL");
  expect((await press("watchkeeper_acknowledge")).json).toMatchObject({
    response_type: "ephemeral",
    text: expect.stringMatching(/is over/),
  });
  expect((await press("x", { body: "payload=nonsense" })).json).toEqual({});
});
