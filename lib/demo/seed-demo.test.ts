import { expect, test } from "vitest";
import { evaluateAlerts } from "@/lib/alerting/evaluation/evaluate-alerts";
import { listAlerts } from "@/lib/alerting/list-alerts";
import { getCheckType } from "@/lib/checks/registry";
import { ROLES } from "@/lib/core/actor";
import { listAnomalies } from "@/lib/metrics/anomalies/list-anomalies";
import { getMetrics } from "@/lib/metrics/get-metrics";
import { getFigures } from "@/lib/incidents/figures/get-figures";
import { getIncidentStory } from "@/lib/incidents/get-incident";
import { listIncidents } from "@/lib/incidents/list-incidents";
import { getPostmortem } from "@/lib/incidents/postmortem/get-postmortem";
import { OWN_METRICS } from "@/lib/metrics/metric-names";
import { writeSamples } from "@/lib/metrics/write-samples";
import { createTestContext } from "@/lib/testing/test-context";
import { demoChecks } from "./demo-checks";
import { demoOutages } from "./demo-outages";
import { demoSeries } from "./demo-series";
import { seedDemo } from "./seed-demo";

const context = await createTestContext();
const now = new Date(Math.floor(Date.now() / 60_000) * 60_000);
context.setNow(now);
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const DAYS = 3;
const MINUTES = DAYS * 1_440;

const count = async (text: string, values: unknown[] = []) => {
  const { rows } = await context.sql.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${text}`, values);
  return rows[0]?.n ?? Number.NaN;
};
const counts = async () => ({
  samples: await count("system_metrics"),
  series: await count("metric_series"),
  checks: await count("health_checks"),
  results: await count("health_check_results"),
  days: await count("health_check_days"),
  incidents: await count("incidents"),
  updates: await count("incident_updates"),
  affected: await count("incident_checks"),
  lessons: await count("postmortems"),
  actionItems: await count("incident_actions"),
  deploys: await count("deploys"),
  alerts: await count("alerts"),
  events: await count("alert_events"),
  notifications: await count("notifications"),
  rules: await count("alert_rules"),
  channels: await count("alert_channels"),
  silences: await count("silences"),
  windows: await count("maintenance_windows"),
  anomalies: await count("metric_anomalies"),
  bands: await count("metric_bands"),
  components: await count("status_components"),
  projects: await count("projects"),
  errors: await count("error_groups"),
  errorEvents: await count("error_events"),
  comments: await count("error_comments"),
  logLines: await count("log_lines"),
});

test("every metric of the product but its counters has a series, and every check a valid config", () => {
  const series = demoSeries();
  expect(series.length).toBeGreaterThanOrEqual(20);
  expect(new Set(series.map(({ name }) => name))).toEqual(
    new Set(OWN_METRICS.map(({ name }) => name).filter((name) => !name.endsWith("_total"))),
  );
  for (const { type, config } of demoChecks(new URL("http://127.0.0.1:3000"))) {
    expect(getCheckType(type).config.safeParse(config).error?.issues).toBeUndefined();
  }
});

test.each([
  ["http://127.0.0.1:4000", "http://127.0.0.1:4000/api/live", { host: "127.0.0.1", port: 4000 }],
  ["http://0.0.0.0:3000", "http://127.0.0.1:3000/api/live", { host: "127.0.0.1", port: 3000 }],
  ["http://[::]:3000", "http://[::1]:3000/api/live", { host: "::1", port: 3000 }],
  ["https://status.example.com", "https://status.example.com/api/live", { host: "status.example.com", port: 443 }],
])("the checks watch the product at %s", (product, url, address) => {
  const checks = demoChecks(new URL(product));
  expect(checks.find(({ key }) => key === "demo-website")?.config).toEqual({ url });
  expect(checks.find(({ key }) => key === "demo-redis")?.config).toEqual(address);
});

test("only an admin may", async () => {
  for (const role of ROLES.filter((name) => name !== "admin")) {
    const actor = { kind: "user", id: "u", name: "U", role } as const;
    await expect(seedDemo(context.as(actor), { days: 1 })).rejects.toMatchObject({ kind: "forbidden" });
  }
});

test("the history is there, reacts to an outage, and ends where real data begins", { timeout: 120_000 }, async () => {
  // A sampler of this host and a user have been at work before.
  const real = demoSeries().find(({ name }) => name === "cpu_usage");
  await writeSamples(context, [
    { name: "cpu_usage", unit: "percent", metadata: real?.metadata, recordedAt: ago(5), value: 77 },
    { name: "orders", unit: "count", recordedAt: ago(5), value: 1 },
  ]);
  const own = await context.db.healthCheck.create({ data: { key: "mine", type: "tcp", label: "Mine", config: {} } });
  await context.db.incident.create({ data: { title: "Mine", severity: "low" } });

  const lines: string[] = [];
  const summary = await seedDemo(context, { days: DAYS, now }, (line) => lines.push(line));
  expect(lines).toContain(`samples: day ${DAYS} of ${DAYS + 1}`);
  expect(summary).toMatchObject({ checks: 11, incidents: 5, series: demoSeries().length });
  expect(await count("system_metrics")).toBe(summary.samples + 2);

  // Whole, without gaps, up to the real ones.
  const { series } = await getMetrics(context, {
    name: "cpu_usage",
    from: ago(MINUTES),
    to: ago(-1),
    agg: "count",
    step: 7_200,
  });
  expect(series).toHaveLength(1);
  expect(series[0]?.points.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBe(MINUTES - 5 + 1);

  // The newest outage lies within them.
  const outage = demoOutages(now)[0];
  const middle = new Date(((outage?.from.getTime() ?? 0) + (outage?.to.getTime() ?? 0)) / 2);
  const valueAt = async (name: string, at: Date) => {
    const to = new Date(at.getTime() + 300_000);
    const result = await getMetrics(context, {
      name,
      from: at,
      to,
      step: 60,
      metadata: name === "response_time" ? { quantile: "p95" } : {},
    });
    return Math.max(...result.series.flatMap(({ points }) => points.map(({ value }) => value ?? 0)));
  };
  expect(await valueAt("error_rate", middle)).toBeGreaterThan(10);
  expect(await valueAt("response_time", middle)).toBeGreaterThan(500);
  expect(
    await count(
      "health_check_results r JOIN health_checks c ON c.id = r.check_id WHERE c.key = 'demo-payments-api' AND r.status = 'failed' AND r.message LIKE '%503%'",
    ),
  ).toBe(34);

  // What is usual was learned, and the outage was not.
  const { items: odd } = await listAnomalies(context, { name: "response_time", from: outage?.from, to: outage?.to });
  expect(odd.length).toBeGreaterThan(0);
  const usual = await count("metric_bands WHERE recorded_at > $1", [ago(20)]);
  expect(usual).toBeGreaterThanOrEqual(demoSeries().length);

  // All checks of the demo but two pass now and are due next on their grid; nobody else's was touched.
  const checks = await context.db.healthCheck.findMany({ where: { key: { startsWith: "demo-" } } });
  expect(checks.flatMap(({ key, status }) => (status === "ok" ? [] : `${key} ${status}`)).toSorted()).toEqual([
    "demo-reports failed",
    "demo-warehouse failed",
  ]);
  for (const { nextDueAt, lastResultAt, intervalSeconds } of checks) {
    expect(nextDueAt.getTime()).toBeGreaterThanOrEqual(now.getTime());
    expect(nextDueAt.getTime()).toBeLessThanOrEqual(now.getTime() + intervalSeconds * 1000);
    expect(lastResultAt && lastResultAt <= now).toBe(true);
  }
  expect(await context.db.healthCheck.findUnique({ where: { id: own.id } })).toEqual(own);
  expect(await count("health_check_results WHERE check_id = $1", [own.id])).toBe(0);

  // A day's counts are its results', and 90 days of them are there.
  const website = checks.find(({ key }) => key === "demo-website");
  const days = await context.db.healthCheckDay.findMany({
    where: { checkId: website?.id ?? "" },
    orderBy: { day: "asc" },
  });
  expect(days).toHaveLength(90);
  const firstDay = Math.floor(ago(MINUTES).getTime() / 86_400_000) * 86_400_000;
  const recent = days.filter(({ day }) => day.getTime() >= firstDay);
  expect(recent.reduce((sum, day) => sum + day.ok + day.warning + day.failed, 0)).toBe(
    await count("health_check_results WHERE check_id = $1", [website?.id]),
  );
  // Each failed result of a check that runs each minute is a minute of downtime.
  for (const { failed, downSeconds } of days) expect(downSeconds).toBeCloseTo(failed * 60);
  expect(days.some(({ failed }) => failed > 0)).toBe(true);
  expect(await context.db.incident.count({ where: { status: { not: "resolved" } } })).toBe(2);

  // Each incident of an outage tells what failed, who was told and how it ended; one moved by its alerts alone, with its causes.
  const found = await listIncidents(context, { query: "Redis cache is unreachable" });
  const redis = await getIncidentStory(context, { id: found.items[0]?.id ?? "" });
  expect(redis.incident).toMatchObject({
    isAutomatic: true,
    createdBy: null,
    status: "resolved",
    acknowledgedAt: null,
  });
  expect(redis.checks.map(({ label, impact }) => `${label} ${impact}`)).toEqual([
    "Redis cache major",
    "Search API degraded",
    "Website degraded",
  ]);
  expect(redis.causes.map(({ title }) => title)).toEqual(["Redis cache", "cpu_usage"]);
  const sources = new Set(redis.timeline.map(({ source }) => source));
  expect(sources).toEqual(new Set(["check-flips", "alerts", "notifications", "change"]));
  expect(redis.timeline.at(-1)).toMatchObject({ status: "resolved", at: redis.incident.resolvedAt });
  expect(await context.db.deploy.count()).toBe(1);

  // The lessons of two are written, their action items are in time, and the figures know the causes.
  const { categories } = await getFigures(context, { from: ago(MINUTES + 1_440) });
  expect(categories.map(({ name }) => name)).toContain("deploy");
  const payments = (await listIncidents(context, { query: "Payments fail with 503" })).items[0];
  expect(await getPostmortem(context, { id: payments?.id ?? "" })).toMatchObject({
    postmortem: { visibility: "public", causeCategory: "deploy", updatedBy: "demo" },
    actions: [
      { title: "Refuse to start without a credential that is needed", isOverdue: false, doneAt: null },
      { title: "Make a test payment after each deploy", doneBy: "demo" },
    ],
  });
  expect(await context.db.auditEntry.findFirst({ where: { action: "demo.seed" } })).toMatchObject({
    actorName: "watchkeeper",
  });
});

test("run again, it replaces its own and leaves the rest", { timeout: 120_000 }, async () => {
  const before = await counts();
  const dayRows = () =>
    context.db.healthCheckDay.findMany({
      select: { checkId: true, day: true, ok: true, warning: true, failed: true, downSeconds: true },
      orderBy: [{ checkId: "asc" }, { day: "asc" }],
    });
  const daysBefore = await dayRows();
  await seedDemo(context, { days: DAYS, now });
  expect(await counts()).toEqual(before);
  expect(await dayRows()).toEqual(daysBefore);
});

test("what fires does so for real: looked at again, it stays as it is, with its cause, its effect and who has it", async () => {
  const open = async () => {
    const { items } = await listAlerts(context, { show: "open" });
    return items.map(({ subject, shown, acknowledgedBy }) => `${subject}: ${shown}, ${acknowledgedBy}`).toSorted();
  };
  const before = await open();
  expect(before).toEqual([
    "Warehouse database: firing, Ada",
    "Warehouse reports: suppressed, null",
    "backup_size, job demo-hourly: firing, null",
  ]);
  const resolved = await listAlerts(context, { show: "resolved" });
  expect(resolved.items.map(({ subject }) => subject).toSorted()).toEqual(["Checkout", "Error rate", "Payments API"]);
  const linked = await context.db.alert.findMany({ where: { state: "resolved" }, select: { incident: true } });
  expect(new Set(linked.map(({ incident }) => incident?.title))).toEqual(new Set(["Payments fail with 503"]));
  await evaluateAlerts(context);
  expect(await open()).toEqual(before);
});

test(
  "real results of a check of the file stay, in the table and in the day's counts",
  { timeout: 120_000 },
  async () => {
    const check = await context.db.healthCheck.findUniqueOrThrow({ where: { key: "database" } });
    const at = ago(3);
    const day = new Date(Math.floor(at.getTime() / 86_400_000) * 86_400_000);
    await context.sql.query("DELETE FROM health_check_results WHERE check_id = $1 AND scheduled_at >= $2", [
      check.id,
      at,
    ]);
    await context.db.healthCheckResult.create({
      data: {
        checkId: check.id,
        scheduledAt: at,
        startedAt: at,
        durationMs: 5,
        status: "crashed",
        state: "crashed",
        shortSummary: "",
        message: "real",
        meta: {},
      },
    });
    await context.db.healthCheckDay.update({
      where: { checkId_day: { checkId: check.id, day } },
      data: { crashed: 1 },
    });
    await seedDemo(context, { days: DAYS, now });
    const newest = await context.db.healthCheckResult.findFirst({
      where: { checkId: check.id },
      orderBy: { scheduledAt: "desc" },
    });
    expect(newest?.message).toBe("real");
    const counted = await context.db.healthCheckDay.findUnique({ where: { checkId_day: { checkId: check.id, day } } });
    expect(counted).toMatchObject({ crashed: 1 });
    expect(
      await count("health_check_results WHERE check_id = $1 AND scheduled_at >= $2 AND status = 'ok'", [check.id, at]),
    ).toBe(0);
  },
);

test("a check of somebody else with a key of the demo's is a conflict, and stays", async () => {
  await context.db.healthCheck.deleteMany({ where: { key: "demo-website" } });
  const theirs = await context.db.healthCheck.create({
    data: { key: "demo-website", type: "tcp", label: "Theirs", config: {} },
  });
  await expect(seedDemo(context, { days: 1, now })).rejects.toMatchObject({ kind: "conflict" });
  expect(await context.db.healthCheck.findUnique({ where: { id: theirs.id } })).toEqual(theirs);
});
