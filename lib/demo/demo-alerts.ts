import { fingerprintOf } from "@/lib/alerting/fingerprint";
import { groupKey } from "@/lib/alerting/sources/metric-values";
import type { Severity } from "@/lib/alerting/severity";
import { formatCount, formatDuration, formatPercent } from "@/lib/core/format";
import { demoId } from "./demo-id";
import type { DemoFailure, DemoOutage } from "./demo-outages";

/** An alert of the demo, as it would have come about. */
export interface DemoAlert {
  id: string;
  fingerprint: string;
  /** The key of its rule. */
  rule: string;
  severity: Severity;
  subject: string;
  labels: Readonly<Record<string, string>>;
  checkId: string | null;
  summary: string;
  measured: { value: number; threshold: number; unit: string } | null;
  since: Date;
  /** null: it fires still. */
  until: Date | null;
  acknowledged: { by: string; note: string; at: Date } | null;
  /** The alert whose effect it is. */
  parentId: string | null;
  /** When the outage began that it belongs to. */
  outage: Date | null;
}

/** What an alert takes from its check. */
export interface AlertedCheck {
  id: string;
  key: string;
  type: string;
  label: string;
  intervalSeconds: number;
}

const MINUTE_MS = 60_000;
/** Over so many minutes the error rate is taken: it comes and goes a little later than the outage. */
const LAG_MS = 3 * MINUTE_MS;
const ERROR_LIMIT = 5;

/** The metric that says nothing any more, and the rule of the demo that says so. */
export const DEMO_SILENCE = {
  metric: "backup_size",
  metadata: { job: "demo-hourly" },
  windowSeconds: 7_200,
  ruleId: demoId("rule", "backups"),
  ruleKey: "demo-backups",
  ruleLabel: "Backups send nothing",
} as const;
const SILENT_FOR_MS = 190 * MINUTE_MS;

/** When the last backup was reported. Pure. */
export const lastBackupAt = (now: Date): Date =>
  new Date(Math.floor((now.getTime() - SILENT_FOR_MS) / MINUTE_MS) * MINUTE_MS);

/** The alerts of the outages: of each check that failed, and of the error rate. What is not over fires. Pure. */
export function demoAlerts(now: Date, outages: readonly DemoOutage[], checks: readonly AlertedCheck[]): DemoAlert[] {
  const byKey = new Map(checks.map((check) => [check.key, check]));
  return outages.flatMap((outage, index) => {
    const ofChecks = Object.entries(outage.failures).flatMap(([key, failure]) => {
      const check = byKey.get(key);
      return check && failure.status === "failed"
        ? [ofCheck(now, outage, check, failure, demoId("alert", `${key} ${index}`))]
        : [];
    });
    const [first] = ofChecks;
    if (outage.to <= now) return [...ofChecks, ...ofErrorRate(outage, demoId("alert", `error-rate ${index}`))];
    // What fails now hangs together: the first is the cause, somebody has it, and the others are its effects.
    return ofChecks.map((alert) =>
      alert === first ? { ...alert, acknowledged: taken(alert) } : { ...alert, parentId: first?.id ?? null },
    );
  });
}

function ofCheck(
  now: Date,
  { from, to }: DemoOutage,
  check: AlertedCheck,
  failure: DemoFailure,
  id: string,
): DemoAlert {
  const stepMs = check.intervalSeconds * 1000;
  const onGrid = (at: Date) => new Date(Math.ceil(at.getTime() / stepMs) * stepMs);
  return {
    id,
    fingerprint: fingerprintOf("check-failing", check.id),
    rule: "check-failing",
    severity: "critical",
    subject: check.label,
    labels: { check: check.key, type: check.type },
    checkId: check.id,
    summary: failure.message,
    measured: null,
    since: onGrid(from),
    until: to <= now ? onGrid(to) : null,
    acknowledged: null,
    parentId: null,
    outage: from,
  };
}

const taken = ({ since }: DemoAlert) => ({
  by: "Ada",
  note: "The host is out of memory. I restart it with more.",
  at: new Date(since.getTime() + 7 * MINUTE_MS),
});

function ofErrorRate({ from, to, effects }: DemoOutage, id: string): DemoAlert[] {
  const value = effects.find(({ metric }) => metric === "error_rate")?.add ?? 0;
  if (value <= ERROR_LIMIT) return [];
  const requests = formatCount(Math.round(value * 460));
  return [
    {
      id,
      fingerprint: fingerprintOf("error-rate", "all"),
      rule: "error-rate",
      severity: "critical",
      subject: "Error rate",
      labels: { metric: "error_rate" },
      checkId: null,
      summary: `${formatPercent(value)} of ${requests} requests failed over the last 5 min (limit ${formatPercent(ERROR_LIMIT)}).`,
      measured: { value, threshold: ERROR_LIMIT, unit: "percent" },
      since: new Date(from.getTime() + LAG_MS),
      until: new Date(to.getTime() + LAG_MS),
      acknowledged: null,
      parentId: null,
      outage: from,
    },
  ];
}

/** The one about a metric that comes no more. Pure. */
export function demoSilenceAlert(now: Date): DemoAlert {
  const { metric, metadata, windowSeconds, ruleKey } = DEMO_SILENCE;
  const value = Math.round((now.getTime() - lastBackupAt(now).getTime()) / 1000);
  const subject = `${metric}, job ${metadata.job}`;
  return {
    id: demoId("alert", "backups"),
    fingerprint: fingerprintOf(ruleKey, groupKey(metadata)),
    rule: ruleKey,
    severity: "warning",
    subject,
    labels: { ...metadata, metric },
    checkId: null,
    summary: `${subject} sent nothing for ${formatDuration(value)} (limit ${formatDuration(windowSeconds)}).`,
    measured: { value, threshold: windowSeconds, unit: "s" },
    since: new Date(lastBackupAt(now).getTime() + windowSeconds * 1000 + MINUTE_MS),
    until: null,
    acknowledged: null,
    parentId: null,
    outage: null,
  };
}
