import type { PoolClient } from "pg";
import type { Severity } from "../severity";

/** An alert as the evaluation knows it: what it read, and what it changes. */
export interface AlertRow {
  id: string;
  fingerprint: string;
  ruleId: string | null;
  ruleKey: string;
  ruleLabel: string;
  source: string;
  state: "pending" | "firing" | "resolved";
  severity: Severity;
  subject: string;
  labels: Record<string, string>;
  checkId: string | null;
  summary: string;
  value: number | null;
  threshold: number | null;
  unit: string;
  pendingSince: Date;
  firingSince: Date | null;
  clearSince: Date | null;
  resolvedAt: Date | null;
  resolvedReason: string | null;
  isFlapping: boolean;
  acknowledgedBy: string | null;
  parentId: string | null;
  notifiedAt: Date | null;
  notifiedSeverity: Severity | null;
  suppressedReason: string | null;
  holdUntil: Date | null;
}

/** Name of each column with its type, in one place for reading and writing. */
const COLUMNS: readonly (readonly [field: keyof AlertRow, column: string, type: string])[] = [
  ["id", "id", "uuid"],
  ["fingerprint", "fingerprint", "text"],
  ["ruleId", "rule_id", "uuid"],
  ["ruleKey", "rule_key", "text"],
  ["ruleLabel", "rule_label", "text"],
  ["source", "source", "text"],
  ["state", "state", "alert_state"],
  ["severity", "severity", "alert_severity"],
  ["subject", "subject", "text"],
  ["labels", "labels", "jsonb"],
  ["checkId", "check_id", "uuid"],
  ["summary", "summary", "text"],
  ["value", "value", "float8"],
  ["threshold", "threshold", "float8"],
  ["unit", "unit", "text"],
  ["pendingSince", "pending_since", "timestamptz"],
  ["firingSince", "firing_since", "timestamptz"],
  ["clearSince", "clear_since", "timestamptz"],
  ["resolvedAt", "resolved_at", "timestamptz"],
  ["resolvedReason", "resolved_reason", "text"],
  ["isFlapping", "is_flapping", "bool"],
  ["parentId", "parent_id", "uuid"],
  ["notifiedAt", "notified_at", "timestamptz"],
  ["notifiedSeverity", "notified_severity", "alert_severity"],
  ["suppressedReason", "suppressed_reason", "text"],
  ["holdUntil", "hold_until", "timestamptz"],
];

const SELECTED = [...COLUMNS, ["acknowledgedBy", "acknowledged_by", "text"] as const]
  .map(([field, column]) => `${column} AS "${field}"`)
  .join(", ");

/** The open alerts of some kinds of rules, or of some checks. */
export async function readOpenAlerts(
  client: PoolClient,
  of: { sources: readonly string[] | null; checkIds: readonly string[] | null },
): Promise<AlertRow[]> {
  const { rows } = await client.query<AlertRow>({
    name: "alerting-open-alerts",
    text: `SELECT ${SELECTED} FROM alerts WHERE open_fingerprint IS NOT NULL
      AND ($1::text[] IS NULL OR source = ANY($1)) AND ($2::uuid[] IS NULL OR check_id = ANY($2))`,
    values: [of.sources, of.checkIds],
  });
  return rows;
}

const NAMES = COLUMNS.map(([, column]) => column);
const SET = NAMES.filter((name) => name !== "id")
  .map((name) => `${name} = excluded.${name}`)
  .join(", ");
const WRITE = `
  INSERT INTO alerts (${NAMES.join(", ")}, open_fingerprint)
  SELECT ${NAMES.map((name) => `r.${name}`).join(", ")}, CASE WHEN r.state = 'resolved' THEN NULL ELSE r.fingerprint END
  FROM jsonb_to_recordset($1::jsonb) AS r(${COLUMNS.map(([, column, type]) => `${column} ${type}`).join(", ")})
  ON CONFLICT (id) DO UPDATE SET ${SET}, open_fingerprint = excluded.open_fingerprint`;

/** Writes new and changed alerts by one statement. Who acknowledged them stays. */
export async function writeAlerts(client: PoolClient, alerts: readonly AlertRow[]): Promise<void> {
  if (alerts.length === 0) return;
  const rows = alerts.map((alert) => Object.fromEntries(COLUMNS.map(([field, column]) => [column, alert[field]])));
  await client.query(WRITE, [JSON.stringify(rows)]);
}

/** One line of an alert's story. */
export interface AlertEventRow {
  alertId: string;
  at: Date;
  kind: string;
  message: string;
}

export async function writeAlertEvents(client: PoolClient, events: readonly AlertEventRow[]): Promise<void> {
  if (events.length === 0) return;
  await client.query(
    `INSERT INTO alert_events (alert_id, at, kind, message)
     SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[])`,
    [
      events.map(({ alertId }) => alertId),
      events.map(({ at }) => at.toISOString()),
      events.map(({ kind }) => kind),
      events.map(({ message }) => message),
    ],
  );
}
