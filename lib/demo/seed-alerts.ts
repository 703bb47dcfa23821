import type { Pool } from "pg";
import { SWITCHED_OFF } from "@/lib/alerting/channels/channel-verbs";
import { syncFileAlerting } from "@/lib/alerting/sync-file-alerting";
import type { Context } from "@/lib/core/context";
import type { Prisma } from "@/lib/db/generated/client";
import { resolveSeries } from "@/lib/metrics/series";
import { DEMO_SILENCE, type DemoAlert, demoAlerts, demoSilenceAlert, lastBackupAt } from "./demo-alerts";
import { demoIncidents } from "./demo-incidents";
import { alertStory } from "./demo-alert-story";
import { demoId } from "./demo-id";
import type { DemoOutage } from "./demo-outages";
import { seedMuting } from "./seed-muting";

const TRANSACTION_MS = 60_000;

/** The channel that the demo's alerts went through. It is off: nobody is told of made-up things. */
const CHANNEL = { id: demoId("channel", "on-call"), key: "demo-on-call", label: "On-call" };

/** A size each hour, until they stopped. @returns how many were written */
export async function seedBackups(sql: Pool, now: Date): Promise<number> {
  const { metric, metadata } = DEMO_SILENCE;
  const [id] = await resolveSeries(sql, [{ name: metric, unit: "bytes", metadata }]);
  await sql.query("DELETE FROM system_metrics WHERE series_id = $1", [id]);
  const { rowCount } = await sql.query(
    `INSERT INTO system_metrics (series_id, recorded_at, value)
     SELECT $1, t, 4.2e9 + 1e7 * extract(hour FROM t) FROM generate_series($2::timestamptz - interval '15 hours', $2, interval '1 hour') AS t`,
    [id, lastBackupAt(now)],
  );
  return rowCount ?? 0;
}

/**
 * Writes the demo's alerts with their stories, a silence and maintenance windows, in the place of those of an earlier demo.
 * Those that fire do so for real: a worker goes on with them.
 * @returns how many alerts
 */
export async function seedAlerts(
  context: Context,
  { from, now }: { from: Date; now: Date },
  outages: readonly DemoOutage[],
): Promise<number> {
  await syncFileAlerting({ ...context, now: () => now });
  const checks = await context.db.healthCheck.findMany();
  const all = [...demoAlerts(now, outages, checks), demoSilenceAlert(now)];
  const incidents = demoIncidents(now, outages);
  const incidentOf = ({ outage }: DemoAlert) =>
    incidents.find(({ startedAt }) => startedAt.getTime() === outage?.getTime());
  const alerts = all.filter(({ since }) => since >= from);
  const own = checks.filter(({ key }) => key.startsWith("demo-")).map(({ id }) => id);
  await context.db.$transaction(
    async (tx) => {
      await tx.alert.deleteMany({
        where: { OR: [{ id: { in: all.map(({ id }) => id) } }, { checkId: { in: own } }] },
      });
      await replaceRule(tx, now);
      await replaceChannel(tx, now);
      const rules = await tx.alertRule.findMany({ where: { key: { in: alerts.map(({ rule }) => rule) } } });
      // Causes before their effects, which refer to them.
      for (const alert of alerts) {
        const rule = rules.find(({ key }) => key === alert.rule);
        if (rule) await tx.alert.create({ data: { ...toRow(alert, rule), ...membershipOf(incidentOf(alert)) } });
      }
      await seedMuting(tx, now);
    },
    { timeout: TRANSACTION_MS },
  );
  return alerts.length;
}

const membershipOf = (incident: { id: string } | undefined) =>
  incident ? { incidentId: incident.id, incidentReason: "it fired within 5 min of its start" } : {};

async function replaceRule(tx: Prisma.TransactionClient, now: Date): Promise<void> {
  const { ruleId: id, ruleKey: key, ruleLabel: label, metric, windowSeconds } = DEMO_SILENCE;
  const config = { metric, windowSeconds };
  await tx.alert.deleteMany({ where: { ruleId: id } });
  const rule = { key, label, source: "no-data", config, severity: "warning", createdAt: now } as const;
  await tx.alertRule.upsert({ where: { id }, create: { id, ...rule }, update: rule });
}

async function replaceChannel(tx: Prisma.TransactionClient, now: Date): Promise<void> {
  const { id, key, label } = CHANNEL;
  await tx.alertChannel.deleteMany({ where: { id } });
  const config = { url: "http://127.0.0.1:9/on-call" };
  const off = { disabledAt: now, disabledReason: SWITCHED_OFF, createdAt: now };
  await tx.alertChannel.create({ data: { id, key, label, type: "webhook", config, ...off } });
}

function toRow(
  alert: DemoAlert,
  rule: { id: string; label: string; source: string },
): Prisma.AlertUncheckedCreateInput {
  const { id, fingerprint, severity, subject, checkId, summary, measured, since, until, acknowledged, parentId } =
    alert;
  const told = parentId === null;
  return {
    id,
    fingerprint,
    openFingerprint: until ? null : fingerprint,
    ruleId: rule.id,
    ruleKey: alert.rule,
    ruleLabel: rule.label,
    source: rule.source,
    state: until ? "resolved" : "firing",
    severity,
    subject,
    labels: { ...alert.labels, rule: alert.rule, source: rule.source, severity },
    checkId,
    summary,
    value: measured?.value ?? null,
    threshold: measured?.threshold ?? null,
    unit: measured?.unit ?? "",
    pendingSince: since,
    firingSince: since,
    resolvedAt: until,
    resolvedReason: until ? "the condition is gone" : null,
    acknowledgedAt: acknowledged?.at ?? null,
    acknowledgedBy: acknowledged?.by ?? null,
    acknowledgeNote: acknowledged?.note ?? null,
    parentId,
    notifiedAt: told ? since : null,
    notifiedSeverity: told ? severity : null,
    ...alertStory(alert, CHANNEL.id),
  };
}
