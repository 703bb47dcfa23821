import type { Alert } from "@/lib/alerting/alert";
import type { AlertRowData } from "./alert-rows";

/** What a row shows of an alert. Pure. */
export function toRow(alert: Alert): AlertRowData {
  const { id, shown, severity, subject, summary, acknowledgedBy, suppressedReason, isFlapping } = alert;
  return {
    id,
    shown,
    severity,
    subject,
    summary,
    rule: alert.ruleLabel,
    since: (alert.firingSince ?? alert.pendingSince).getTime(),
    until: alert.resolvedAt?.getTime() ?? null,
    acknowledgedBy,
    suppressedReason,
    isFlapping,
  };
}
