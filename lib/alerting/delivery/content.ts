import { z } from "zod";
import type { Pool } from "pg";
import type { Context } from "@/lib/core/context";
import { SEVERITIES } from "../severity";
import type { MessageAlert, MessageContent, NotificationKind } from "../message";

const labels = z.record(z.string(), z.coerce.string()).catch({});

interface Row extends Omit<MessageAlert, "kind" | "note" | "labels" | "effects" | "firingSince" | "resolvedAt"> {
  labels: unknown;
  firingSince: Date | null;
  resolvedAt: Date | null;
  effects: { subject: string; summary: string }[] | null;
}

const MAX_EFFECTS = 20;

const READ = `
  SELECT a.id, a.fingerprint, a.state, a.severity, a.rule_key AS "ruleKey", a.rule_label AS "ruleLabel", a.subject, a.summary, a.value,
    a.threshold, a.unit, a.labels, a.check_id AS "checkId", r.runbook_url AS "runbookUrl", a.firing_since AS "firingSince",
    a.resolved_at AS "resolvedAt", a.acknowledged_by AS "acknowledgedBy", e.effects,
    CASE WHEN i.id IS NOT NULL THEN json_build_object('id', i.id, 'number', i.number, 'title', i.title) END AS incident
  FROM alerts a LEFT JOIN alert_rules r ON r.id = a.rule_id LEFT JOIN incidents i ON i.id = a.incident_id
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('subject', subject, 'summary', summary)) AS effects FROM (
      SELECT subject, summary FROM alerts WHERE parent_id = a.id AND state = 'firing' ORDER BY subject LIMIT ${MAX_EFFECTS}
    ) f
  ) e ON true
  WHERE a.id = ANY($1)`;

/** Why each alert is in a message; the note is of a channel that could not be told. */
export interface ContentPart {
  alertId: string;
  kind: NotificationKind;
  note: string | null;
}

/** What a message says of alerts, as they are now; the worst first. An alert that is gone is left out. */
export async function readContent(
  { env }: Pick<Context, "env">,
  sql: Pick<Pool, "query">,
  parts: readonly ContentPart[],
): Promise<MessageContent | undefined> {
  const { rows } = await sql.query<Row>(READ, [parts.map(({ alertId }) => alertId)]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const alerts = parts.flatMap(({ alertId, kind, note }): MessageAlert[] => {
    const row = byId.get(alertId);
    if (!row) return [];
    return [
      {
        ...row,
        kind,
        note,
        labels: labels.parse(row.labels),
        effects: row.effects ?? [],
        firingSince: row.firingSince?.toISOString() ?? null,
        resolvedAt: row.resolvedAt?.toISOString() ?? null,
      },
    ];
  });
  const rank = (alert: MessageAlert) => SEVERITIES.indexOf(alert.severity);
  const sorted = alerts.toSorted((a, b) => rank(b) - rank(a) || a.subject.localeCompare(b.subject));
  return sorted.length === 0 ? undefined : { alerts: sorted, ...installationOf(env) };
}

/** Where links lead, and how the installation is called. */
export function installationOf(env: Context["env"]): Pick<MessageContent, "appUrl" | "installation"> {
  const appUrl = (env.APP_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/+$/, "");
  return { appUrl, installation: new URL(appUrl).host };
}
