import { SWITCHED_OFF } from "./channels/channel-verbs";
import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { RECENT_ERRORS, type RecentErrors, recentErrors } from "@/lib/errors/groups/recent-errors";
import { SEVERITIES } from "./severity";
import { NOT_SET_UP } from "./sync-file-alerting";

const SHOWN = 5;

const DAY_MS = 86_400_000;

const row = z.object({
  workerLastSeenAt: z.date().nullable(),
  errors: recentErrors,
  needing: z.number(),
  firing: z.number(),
  worst: z.array(
    z.object({
      id: z.string(),
      severity: z.enum(SEVERITIES),
      subject: z.string(),
      summary: z.string(),
      firingSince: z.coerce.date().nullable(),
      acknowledgedBy: z.string().nullable(),
    }),
  ),
  channelsOn: z.number(),
  failedChannels: z.array(z.object({ id: z.string(), label: z.string(), reason: z.string() })),
});

/** What alerting wants somebody to look at. */
export interface AlertAttention {
  /** Firing, told to somebody, and acknowledged by nobody. */
  needing: number;
  /** Firing and not suppressed, acknowledged ones too. */
  firing: number;
  /** The worst of those that fire: not acknowledged ones first; at most five. */
  worst: z.output<typeof row>["worst"];
  /** Channels through which people are told. */
  channelsOn: number;
  /** Channels that a failure switched off: nobody is told through them until a person mends them. */
  failedChannels: z.output<typeof row>["failedChannels"];
}

const READ = `
  SELECT (SELECT max(last_seen_at) FROM workers) AS "workerLastSeenAt", ${RECENT_ERRORS("$3::timestamptz")} AS errors, n.needing, n.firing,
    (SELECT coalesce(json_agg(w), '[]') FROM (
      SELECT id, severity, subject, summary, firing_since AS "firingSince", acknowledged_by AS "acknowledgedBy"
      FROM alerts WHERE open_fingerprint IS NOT NULL AND state = 'firing' AND suppressed_reason IS NULL
      ORDER BY acknowledged_at IS NOT NULL, alerts.severity DESC, firing_since, id LIMIT ${SHOWN}) w) AS worst,
    (SELECT count(*)::int FROM alert_channels WHERE disabled_at IS NULL) AS "channelsOn",
    (SELECT coalesce(json_agg(c), '[]') FROM (
      SELECT id, label, disabled_reason AS reason FROM alert_channels
      WHERE disabled_at IS NOT NULL AND NOT starts_with(disabled_reason, $1) AND disabled_reason <> $2
      ORDER BY label, id LIMIT 20) c) AS "failedChannels"
  FROM (SELECT count(*) FILTER (WHERE acknowledged_at IS NULL)::int AS needing, count(*)::int AS firing
    FROM alerts WHERE open_fingerprint IS NOT NULL AND state = 'firing' AND suppressed_reason IS NULL) n`;

/**
 * What every page's frame and the overview show of alerting and errors, and when a worker was last seen: by one statement.
 * @throws Problem forbidden
 */
export async function readAttention(
  context: Context,
): Promise<AlertAttention & { workerLastSeenAt: Date | null; errors: RecentErrors }> {
  authorize(context.actor, "read");
  const { rows } = await context.sql.query({
    name: "alert-attention",
    text: READ,
    values: [NOT_SET_UP, SWITCHED_OFF, new Date(context.now().getTime() - DAY_MS)],
  });
  return row.parse(rows[0]);
}
