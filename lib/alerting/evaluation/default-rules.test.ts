import { beforeEach, expect, test } from "vitest";
import { addChannel, alertLines, record, toldLines } from "@/lib/testing/alerting";
import { addCheck } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import { syncFileAlerting } from "../sync-file-alerting";
import { evaluateAlerts } from "./evaluate-alerts";

const context = await createTestContext();
const START = new Date("2026-11-25T03:00:00Z");

beforeEach(async () => {
  context.setNow(START);
  await context.sql.query(
    "TRUNCATE alerts, alert_fingerprints, alert_rules, alert_channels, system_metrics, health_checks CASCADE",
  );
  await syncFileAlerting(context);
  await addChannel(context);
});

/** Each minute the same value for so many minutes, looked at after each. */
async function minutes(count: number, each: () => Promise<void>): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    context.advance(60);
    await each();
    await evaluateAlerts(context);
  }
}

const requests = (errorPercent: number) => async () => {
  await record(context, "request_rate", 2, { unit: "per_second", process: "web" });
  await record(context, "error_rate", errorPercent, { unit: "percent", process: "web" });
};

// The thresholds of the specification: error rate 5 %, response time 2000 ms, memory 80 %, disk remaining 10 %.
test.each([
  ["error rate above 5 %", "Error rate", "critical", requests(5), requests(5.01)],
  [
    "response time above 2000 ms",
    "response_time",
    "warning",
    () => record(context, "response_time", 2_000, { unit: "ms", quantile: "p95" }),
    () => record(context, "response_time", 2_001, { unit: "ms", quantile: "p95" }),
  ],
  [
    "memory above 80 %",
    "memory_usage, host web-1",
    "warning",
    () => record(context, "memory_usage", 80, { unit: "percent", host: "web-1" }),
    () => record(context, "memory_usage", 80.1, { unit: "percent", host: "web-1" }),
  ],
  [
    "less than 10 % of the disk left",
    "disk_usage, path /",
    "critical",
    () => record(context, "disk_usage", 90, { unit: "percent", path: "/" }),
    () => record(context, "disk_usage", 90.1, { unit: "percent", path: "/" }),
  ],
])(
  "%s: just below nothing, above pending, then firing, back resolved",
  async (_what, subject, severity, below, above) => {
    await minutes(6, below);
    expect(await alertLines(context)).toEqual([]);
    // What was within the limit weighs on the average of five minutes: it has to leave the window first.
    context.advance(600);
    await minutes(1, above);
    expect(await alertLines(context)).toEqual([`pending ${severity} ${subject}`]);
    expect(await toldLines(context)).toEqual([]);
    await minutes(1, above);
    expect(await alertLines(context)).toEqual([`firing ${severity} ${subject}`]);
    expect(await toldLines(context)).toEqual([`firing ${subject}`]);
    context.advance(600);
    await minutes(1, below);
    expect(await alertLines(context)).toEqual([`resolved ${severity} ${subject}`]);
    expect(await toldLines(context)).toEqual([`firing ${subject}`, `resolved ${subject}`]);
  },
);

test("a failing check fires at once with its cause, a degraded one does not, and it resolves when it passes", async () => {
  const check = await addCheck(context, { key: "pay", label: "Payments", status: "warning" });
  await evaluateAlerts(context);
  expect(await alertLines(context)).toEqual([]);
  const become = (status: "failed" | "crashed" | "ok", message: string) =>
    context.db.healthCheck.update({
      where: { id: check.id },
      data: { status, lastResult: { message, shortSummary: status } },
    });
  await become("failed", "Payments answered 503 (expected 200-299).");
  await evaluateAlerts(context, { checkIds: [check.id] });
  expect(await alertLines(context)).toEqual(["firing critical Payments"]);
  const [alert] = await context.db.alert.findMany({ include: { events: true } });
  expect(alert).toMatchObject({
    summary: "Payments answered 503 (expected 200-299).",
    checkId: check.id,
    labels: { check: "pay", rule: "check-failing", severity: "critical" },
  });
  expect(alert?.events.map(({ kind, message }) => `${kind}: ${message}`)).toEqual([
    "firing: Fires: its condition holds. Payments answered 503 (expected 200-299).",
  ]);
  context.advance(240);
  await become("ok", "");
  await evaluateAlerts(context, { checkIds: [check.id] });
  expect(await alertLines(context)).toEqual(["resolved critical Payments"]);
  expect(await toldLines(context)).toEqual(["firing Payments", "resolved Payments"]);
});

test("a worker that is silent for 90 s fires, and is over when one is seen", async () => {
  const seen = (at: Date) =>
    context.sql.query(
      `INSERT INTO workers (id, host, pid, started_at, last_seen_at) VALUES ('6b8f7d0e-7b2b-4d0e-9a39-0f5a3f1c2d11', 'h', 1, $1, $1)
       ON CONFLICT (id) DO UPDATE SET last_seen_at = $1`,
      [at],
    );
  await seen(context.now());
  context.advance(90);
  await evaluateAlerts(context, { sources: ["worker-silent"] });
  expect(await alertLines(context)).toEqual([]);
  context.advance(1);
  await evaluateAlerts(context, { sources: ["worker-silent"] });
  expect(await alertLines(context)).toEqual(["firing critical Worker"]);
  await seen(context.now());
  await evaluateAlerts(context, { sources: ["worker-silent"] });
  expect(await alertLines(context)).toEqual(["resolved critical Worker"]);
});

test("where no channel is on, the alert says that nobody is told", async () => {
  await context.db.alertChannel.deleteMany();
  await addCheck(context, { status: "failed" });
  await evaluateAlerts(context);
  const [alert] = await context.db.alert.findMany({ include: { events: { orderBy: { id: "asc" } } } });
  expect(alert?.events.at(-1)?.message).toBe(
    "Nobody is told: no channel of this rule is on. Set one up under Alerts, Channels.",
  );
});
