import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { createCheckScheduler } from "@/lib/checks/scheduler";
import type { Context } from "@/lib/core/context";
import { SILENT } from "@/lib/core/log";
import { openDatabase } from "@/lib/db/client";
import { makePartitionsAhead } from "@/lib/db/partitions";
import { readEnv } from "@/lib/env";
import { addCheck, startTarget } from "@/lib/testing/checks";
import { startSlack } from "@/lib/testing/stand-ins";
import { startTcpProxy } from "@/lib/testing/tcp-proxy";
import { createTestContext } from "@/lib/testing/test-context";
import { createAlertLoop } from "./alert-loop";
import { createDelivery } from "./delivery/delivery-loop";
import { createRule } from "./rules/write-rule";

const base = await createTestContext();
const AWAY_MS = 60_000;

test(
  "the database is away for a minute while a check begins to fail: the alert goes out when it is back, once",
  { timeout: 150_000 },
  async () => {
    const slack = await startSlack();
    const target = await startTarget();
    const { hostname, port } = new URL(base.databaseUrl);
    const proxy = await startTcpProxy({ host: hostname, port: Number(port) });
    const url = new URL(base.databaseUrl);
    url.port = String(proxy.port);
    const away = openDatabase(url.href, { name: "worker", log: SILENT, max: 4 });
    const env = readEnv({
      NODE_ENV: "test",
      SLACK_API_URL: `${slack.url}/api/`,
      SLACK_BOT_TOKEN: "xoxb-test",
      SLACK_CHANNEL: "C1",
    });
    const context: Context = { ...base, db: away.db, sql: away.sql, env };
    await makePartitionsAhead(base.sql, base.now());
    await base.db.alertChannel.create({ data: { key: "slack", label: "Slack", type: "slack", config: {} } });
    await createRule(base, { label: "Checks", source: "check-state" });
    await addCheck(base, { key: "shop", label: "Shop", intervalSeconds: 1, config: { url: target.url } });

    const owner = randomUUID();
    const delivery = createDelivery(context, { owner });
    const alerts = createAlertLoop(context, delivery.wake);
    const scheduler = createCheckScheduler(context, { owner, onFlipped: alerts.flipped });
    delivery.start();
    scheduler.start();
    await expect
      .poll(async () => (await base.db.healthCheck.findUniqueOrThrow({ where: { key: "shop" } })).status, {
        timeout: 15_000,
      })
      .toBe("ok");
    target.status = 503;
    await proxy.cut();
    await pause(AWAY_MS);
    expect(slack.accepted).toEqual([]);
    await proxy.mend();
    await expect.poll(() => slack.accepted.length, { timeout: 30_000 }).toBe(1);
    expect(JSON.stringify(slack.accepted[0]?.body)).toContain("answered 503");
    await scheduler.stop();
    await alerts.stop();
    await delivery.stop();
    expect(slack.accepted).toHaveLength(1);
    await away.close();
    await proxy.cut();
  },
);
