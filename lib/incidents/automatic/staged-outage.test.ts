import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { claimMessages } from "@/lib/alerting/delivery/claim-messages";
import { deliver } from "@/lib/alerting/delivery/deliver";
import { formMessages } from "@/lib/alerting/delivery/form-messages";
import { evaluateAlerts } from "@/lib/alerting/evaluation/evaluate-alerts";
import { createRule } from "@/lib/alerting/rules/write-rule";
import { claimDueChecks } from "@/lib/checks/claim-checks";
import { runClaimed } from "@/lib/checks/run-claimed";
import { storeResults } from "@/lib/checks/store-results";
import type { Context } from "@/lib/core/context";
import { makePartitions } from "@/lib/db/partitions";
import { readEnv } from "@/lib/env";
import { tokenActor } from "@/lib/testing/actors";
import { addCheck, startTarget } from "@/lib/testing/checks";
import { startResend, startSlack } from "@/lib/testing/stand-ins";
import { startTcpProxy } from "@/lib/testing/tcp-proxy";
import { createTestContext } from "@/lib/testing/test-context";
import { recordDeploy } from "../deploys/record-deploy";
import { getIncidentStory } from "../get-incident";
import { followAlerts } from "./follow-alerts";

const base = await createTestContext();
const slack = await startSlack();
const resend = await startResend();
const context: Context = {
  ...base,
  env: readEnv({
    NODE_ENV: "test",
    APP_URL: "https://watch.example.com",
    SLACK_API_URL: `${slack.url}/api/`,
    SLACK_BOT_TOKEN: "xoxb-test",
    SLACK_CHANNEL: "C1",
    RESEND_BASE_URL: resend.url,
    RESEND_API_KEY: "re_test",
    ALERT_EMAIL_FROM: "alerts@example.com",
    ALERT_EMAIL_TO: "oncall@example.com",
  }),
};
const START = new Date("2026-11-27T12:00:00Z");
const at = (seconds: number) => new Date(START.getTime() + seconds * 1000);
const owner = randomUUID();
/** Each check has slots of its own by its id: where the order matters it is set. */
const setDue = (checks: "the database" | "the others", seconds: number) =>
  base.sql.query(`UPDATE health_checks SET next_due_at = $1 WHERE (key = 'database') = $2`, [
    at(seconds),
    checks === "the database",
  ]);

beforeEach(async () => {
  await base.sql.query(
    "TRUNCATE incidents, alerts, alert_fingerprints, alert_rules, alert_channels, health_checks, deploys CASCADE",
  );
  slack.accepted.length = 0;
  resend.accepted.length = 0;
});

/** What a worker does in a second: it runs what is due, looks at what flipped, at incidents, and sends. */
async function second(now: Date): Promise<void> {
  base.setNow(now);
  const due = await claimDueChecks(context, { owner, limit: 50 });
  const runs = await Promise.all(due.map((check) => runClaimed(context, check)));
  await storeResults(context, runs);
  const flipped = runs.filter(({ decision }) => decision.flipped).map(({ check }) => check.id);
  const isRound = now.getUTCSeconds() === 5;
  const evaluation =
    flipped.length > 0 || isRound ? await evaluateAlerts(context, isRound ? {} : { checkIds: flipped }) : undefined;
  if (isRound || (evaluation?.changed ?? 0) > 0) await followAlerts(context);
  await formMessages(context);
  const claimed = await claimMessages(context, { owner, limit: 50 });
  await Promise.all(claimed.map((message) => deliver(context, message)));
}

async function work(from: number, to: number): Promise<void> {
  for (let seconds = from; seconds < to; seconds += 1) await second(at(seconds));
}

test.each([
  { first: "the database", database: 60, others: 64, order: "and it failed first, 4 s before", began: 60 },
  {
    first: "the others",
    database: 120,
    others: 60,
    order: "though it was seen failing 1 s after the first of them",
    began: 60,
  },
])(
  "a database and five checks that depend on it fail after a deploy, $first seen first: one incident, one message, its likely causes, and by itself over",
  async ({ database, others, order, began }) => {
    base.setNow(START);
    await makePartitions(base.sql, START, at(3_600));
    await base.db.alertChannel.create({ data: { key: "slack", label: "Slack", type: "slack", config: {} } });
    await base.db.alertChannel.create({ data: { key: "email", label: "Email", type: "email", config: {} } });
    await createRule(base, { label: "Check failing", source: "check-state", severity: "critical" });
    const real = new URL(base.databaseUrl);
    const proxy = await startTcpProxy({ host: real.hostname, port: Number(real.port) });
    const through = new URL(base.databaseUrl);
    through.port = String(proxy.port);
    through.hostname = "127.0.0.1";
    const target = await startTarget();
    await addCheck(context, {
      key: "database",
      label: "Database",
      type: "database",
      intervalSeconds: 60,
      config: { url: through.href },
    });
    const names = ["Shop API", "Cart", "Search", "Accounts", "Reports"];
    for (const [index, label] of names.entries())
      await addCheck(context, {
        key: label.toLowerCase().replace(" ", "-"),
        label,
        intervalSeconds: 60,
        config: { url: `${target.url}/${index}` },
        dependsOn: ["database"],
      });
    await work(0, 6);
    expect(await base.db.incident.count()).toBe(0);

    base.setNow(at(30));
    await recordDeploy(
      { ...context, actor: { ...tokenActor("incidents:write"), name: "ci" } },
      {
        service: "shop-api",
        version: "2.4.1",
        environment: "production",
      },
    );
    await proxy.cut();
    target.status = 503;
    await setDue("the database", database);
    await setDue("the others", others);
    await work(59, 140);

    expect(await base.db.incident.count()).toBe(1);
    const { id, number } = await base.db.incident.findFirstOrThrow();
    const during = await getIncidentStory(base, { id });
    expect(during.incident).toMatchObject({
      title: expect.stringMatching(/^Database: .*refused/),
      severity: "critical",
      status: "investigating",
      isAutomatic: true,
      startedAt: at(began),
      detectedAt: at(began),
      createdBy: null,
    });
    expect(during.causes.slice(0, 2)).toMatchObject([
      {
        kind: "check",
        title: "Database",
        reason: `5 of the failing checks depend on it, ${order}.`,
      },
      {
        kind: "deploy",
        title: "shop-api 2.4.1 (production)",
        reason: "Deployed 30 s before the first failure, and Shop API fails, which is named like it.",
      },
    ]);
    expect(during.checks.map(({ label, impact }) => `${label} ${impact}`)).toEqual(
      [...names, "Database"].toSorted().map((label) => `${label} major`),
    );
    const root = during.alerts.find(({ subject }) => subject === "Database");
    expect(
      during.alerts
        .filter(({ parentId }) => parentId === root?.id)
        .map(({ subject, incidentReason }) => `${subject}: ${incidentReason}`)
        .toSorted(),
    ).toEqual(names.toSorted().map((label) => `${label}: an effect of Database`));
    expect(slack.accepted).toHaveLength(1);
    expect(resend.accepted).toHaveLength(1);
    for (const message of [slack.accepted[0], resend.accepted[0]])
      expect(JSON.stringify(message?.body)).toContain(`https://watch.example.com/incidents/${id}`);
    expect(JSON.stringify(slack.accepted[0]?.body)).toContain(`Incident INC-${number}`);

    await proxy.mend();
    target.status = 200;
    await setDue("the database", 180);
    await setDue("the others", 184);
    await work(180, 260);
    const quiet = await getIncidentStory(base, { id });
    expect(quiet.incident).toMatchObject({ status: "monitoring", resolvedAt: null });
    expect(quiet.incident.mitigatedAt).not.toBeNull();
    // Of each channel one recovery: of the alert that somebody was told of.
    expect(resend.accepted.map(({ body }) => String(body["subject"]))).toEqual([
      expect.stringMatching(/^\[critical\] Database: /),
      expect.stringMatching(/^\[resolved\] Database after /),
    ]);
    expect(slack.accepted).toHaveLength(2);

    for (let minute = 5; minute < 22; minute += 1) await second(at(minute * 60 + 5));
    const over = await getIncidentStory(base, { id });
    expect(over.incident).toMatchObject({ status: "resolved", isAutomatic: true });
    expect(over.incident.resolvedAt?.getTime()).toBeGreaterThanOrEqual(at(184 + 900).getTime());
    expect(await base.db.incident.count()).toBe(1);
    const told = over.timeline.map(({ source, message }) => `${source}: ${message}`);
    for (const line of [
      /^deploys: shop-api 2\.4\.1 \(production\) was deployed, told by ci\.$/,
      /^check-flips: Database went from ok to failed/,
      /^alerts: Database: Fires/,
      /^automatic: Opened by the alert Database, high: the worst alert is critical, 1 check is affected\./,
      /^alerts: Cart: Fires.* An effect of Database\.$/,
      /^automatic: Cart joined: an effect of Database\.$/,
      /^automatic: The severity rose from high to critical: the worst alert is critical, 6 checks are affected\.$/,
      /^notifications: Database: Slack was told\.$/,
      /^check-flips: Cart went from failed to ok/,
      /^alerts: Database: Resolved/,
      /^automatic: Went from investigating to monitoring: all of its alerts are over\.$/,
      /^automatic: Went from monitoring to resolved: it has been quiet for 15 min\.$/,
    ])
      expect(told).toContainEqual(expect.stringMatching(line));
    expect(new Set(told).size).toBe(told.length);
    expect(over.timeline.map((entry) => entry.at.getTime())).toEqual(
      over.timeline.map((entry) => entry.at.getTime()).toSorted((a, b) => a - b),
    );
    expect(over.timeline.every(({ isPublic }) => !isPublic)).toBe(true);
  },
  60_000,
);
