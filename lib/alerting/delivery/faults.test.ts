import { type ChildProcess, fork } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import type { Context } from "@/lib/core/context";
import { addCheck } from "@/lib/testing/checks";
import { randomNumbers } from "@/lib/testing/made-series";
import { type Behaviour, startResend, startSlack } from "@/lib/testing/stand-ins";
import { createTestContext } from "@/lib/testing/test-context";
import { evaluateAlerts } from "../evaluation/evaluate-alerts";
import { createRule } from "../rules/write-rule";

const base = await createTestContext();
const slack = await startSlack();
const resend = await startResend();
const random = randomNumbers(20_261_125);

const ALERTS = 500;
const KILLS = 20;

const env = {
  PATH: process.env["PATH"],
  NODE_ENV: "test" as const,
  DATABASE_URL: base.databaseUrl,
  SLACK_API_URL: `${slack.url}/api/`,
  SLACK_BOT_TOKEN: "xoxb-test",
  SLACK_CHANNEL: "C1",
  RESEND_BASE_URL: resend.url,
  RESEND_API_KEY: "re_test",
  ALERT_EMAIL_FROM: "alerts@example.com",
  ALERT_EMAIL_TO: "a@example.com",
};

const workers = new Set<ChildProcess>();
async function startProcess(): Promise<ChildProcess> {
  const child = fork("lib/testing/delivery-process.ts", { env, execArgv: ["--import", "tsx"] });
  workers.add(child);
  child.once("exit", () => workers.delete(child));
  await new Promise((started) => child.once("message", started));
  return child;
}
afterAll(() => {
  for (const child of workers) child.kill("SIGKILL");
});

/** How often each alert is told, by the text of what was accepted. */
function toldOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const name of new Set(text.match(/shop-\d{3}(?=\W)/g))) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

test(
  "500 alerts, services that fail in every way, two processes, twenty kills: each alert arrives, none twice",
  { timeout: 240_000 },
  async () => {
    const context: Context = {
      ...base,
      config: { ...base.config, alerting: { groupWaitSeconds: 0.02, groupIntervalSeconds: 0 } },
    };
    await base.db.alertChannel.create({
      data: { key: "slack", label: "Slack", type: "slack", config: { channel: "C1" } },
    });
    await base.db.alertChannel.create({ data: { key: "email", label: "Email", type: "email", config: {} } });
    await createRule(base, { label: "Checks", source: "check-state" });
    const kinds: readonly Behaviour[] = ["ok", "ok", "ok", "ok", "500", "429", "reset", "lost", "hang"];
    const choose = () => kinds[Math.floor(random() * kinds.length)] ?? "ok";
    slack.behaveBy(choose);
    resend.behaveBy(choose);

    let hands = await Promise.all([startProcess(), startProcess()]);
    let made = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const some = Array.from({ length: ALERTS / KILLS }, () => `shop-${String((made += 1)).padStart(3, "0")}`);
      await Promise.all(
        some.map((key) =>
          addCheck(base, {
            key,
            label: key,
            status: "failed",
            lastResult: { message: `${key} is down.`, shortSummary: "down" },
          }),
        ),
      );
      await evaluateAlerts(context);
      await pause(random() * 400);
      const [victim, ...others] = kill % 2 === 0 ? hands : [hands[1], hands[0]];
      victim?.kill("SIGKILL");
      hands = [others[0] ?? (await startProcess()), await startProcess()];
    }
    // They come back.
    slack.behave("ok");
    resend.behave("ok");
    await expect
      .poll(() => base.db.notification.count({ where: { status: { not: "sent" } } }), {
        timeout: 150_000,
        interval: 500,
      })
      .toBe(0);

    const bySlack = toldOf(slack.accepted.map(({ body }) => JSON.stringify(body)));
    const byEmail = toldOf(resend.accepted.map(({ body }) => String(body["text"])));
    expect(bySlack.size).toBe(ALERTS);
    expect(byEmail.size).toBe(ALERTS);
    expect([...bySlack].filter(([, count]) => count > 1)).toEqual([]);
    expect([...byEmail].filter(([, count]) => count > 1)).toEqual([]);
    const ids = slack.accepted.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const outcomes = await base.db.deliveryAttempt.groupBy({ by: ["outcome"], _count: true });
    expect(outcomes.map(({ outcome }) => outcome)).toContain("found");
  },
);
