import { randomUUID } from "node:crypto";
import { formatDuration } from "@/lib/core/format";
import { type AlertDecision, decideAlert } from "../decide-alert";
import type { Reading } from "../define-source";
import { fingerprintOf } from "../fingerprint";
import type { EvaluatedRule } from "../rule-rows";
import type { AlertEventRow, AlertRow } from "./alert-rows";

/** What an evaluation made of one subject. */
export interface Outcome {
  alert: AlertRow;
  events: AlertEventRow[];
  /** It is to be written. */
  isChanged: boolean;
  /** It has just begun to fire. */
  isNew: boolean;
  rule: EvaluatedRule;
}

/**
 * Applies what a reading means to an alert. Pure but for the id of a new one.
 * @returns undefined where there is no alert and none begins
 */
export function applyReading(
  rule: EvaluatedRule,
  current: AlertRow | undefined,
  reading: Reading | undefined,
  firings: readonly Date[],
  now: Date,
): Outcome | undefined {
  const open =
    current && current.state !== "resolved"
      ? { ...current, state: current.state, severity: current.severity }
      : undefined;
  const decision = decideAlert(open, reading, rule, firings, now);
  if (!current) return reading && begin(rule, reading, decision, now);
  const alert = { ...current };
  const events: AlertEventRow[] = [];
  const tell = (kind: string, message: string) => events.push({ alertId: alert.id, at: now, kind, message });
  let isNew = false;
  if (reading && decision.to !== "resolved") refresh(alert, reading, rule);
  switch (decision.to) {
    case "firing":
      Object.assign(alert, {
        state: "firing",
        severity: decision.severity,
        firingSince: now,
        isFlapping: decision.isFlapping,
      });
      isNew = true;
      tell("firing", `Fires: ${decision.reason}. ${alert.summary}`);
      if (decision.isFlapping) tell("flapping", "It comes and goes: it resolves once it has been calm for 15 min.");
      break;
    case "still-firing":
      if (decision.severity !== alert.severity) {
        tell("severity", `${alert.severity} became ${decision.severity}. ${alert.summary}`);
        alert.severity = decision.severity;
      }
      if (decision.clearSince !== null && alert.clearSince === null) tell("clearing", `Clearing: ${decision.reason}.`);
      if (decision.clearSince === null && alert.clearSince !== null) tell("firing", `It is back. ${alert.summary}`);
      alert.clearSince = decision.clearSince;
      break;
    case "resolved": {
      const why = reading && alert.state === "firing" ? `${decision.reason}: ${reading.summary}` : decision.reason;
      Object.assign(alert, { state: "resolved", resolvedAt: now, resolvedReason: why, clearSince: null });
      tell("resolved", `Resolved: ${why}`);
      break;
    }
    default:
  }
  alert.labels = { ...alert.labels, severity: alert.severity };
  const isChanged = events.length > 0 || alert.summary !== current.summary || alert.value !== current.value;
  return { alert, events, isChanged, isNew, rule };
}

function begin(rule: EvaluatedRule, reading: Reading, decision: AlertDecision, now: Date): Outcome | undefined {
  if (decision.to !== "pending" && decision.to !== "firing") return undefined;
  const isFiring = decision.to === "firing";
  const alert: AlertRow = {
    id: randomUUID(),
    fingerprint: fingerprintOf(rule.key, reading.key),
    ruleId: rule.id,
    ruleKey: rule.key,
    ruleLabel: rule.label,
    source: rule.source,
    state: decision.to,
    severity: isFiring ? decision.severity : (reading.severity ?? rule.severity),
    subject: "",
    labels: {},
    checkId: reading.checkId ?? null,
    summary: "",
    value: null,
    threshold: null,
    unit: "",
    pendingSince: now,
    firingSince: isFiring ? now : null,
    clearSince: null,
    resolvedAt: null,
    resolvedReason: null,
    isFlapping: isFiring && decision.isFlapping,
    acknowledgedBy: null,
    parentId: null,
    notifiedAt: null,
    notifiedSeverity: null,
    suppressedReason: null,
    holdUntil: null,
  };
  refresh(alert, reading, rule);
  const event = (kind: string, message: string): AlertEventRow => ({ alertId: alert.id, at: now, kind, message });
  const events = [
    isFiring
      ? event("firing", `Fires: ${decision.reason}. ${alert.summary}`)
      : event("pending", `Waits for ${formatDuration(rule.forSeconds)} before it fires. ${alert.summary}`),
    ...(alert.isFlapping
      ? [event("flapping", "It comes and goes: it resolves once it has been calm for 15 min.")]
      : []),
  ];
  return { alert, events, isChanged: true, isNew: isFiring, rule };
}

/** Takes over what was read now. */
function refresh(alert: AlertRow, reading: Reading, rule: EvaluatedRule): void {
  const { subject, summary, value, threshold, unit } = reading;
  const labels = { ...reading.labels, ...rule.labels, rule: rule.key, source: rule.source, severity: alert.severity };
  if (reading.holds === false && alert.state === "firing") return;
  Object.assign(alert, { subject, summary, value, threshold, unit, labels });
}
