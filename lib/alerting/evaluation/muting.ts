import type { PoolClient } from "pg";
import { type MaintenanceWindow, activeSpan, toWindow } from "../maintenance-window";
import { type Labels, alertMatchers, fits } from "../matchers";

/** What mutes alerts now. */
export interface Muting {
  /** In words, or null. */
  silence: (labels: Labels) => string | null;
  maintenance: (labels: Labels) => string | null;
}

const clock = (at: Date): string => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

interface SilenceRow {
  matchers: unknown;
  comment: string;
  endsAt: Date;
  createdBy: string;
}

/** The silences and maintenance windows of now. One that can't be read mutes nothing. */
export async function readMuting(client: PoolClient, now: Date): Promise<Muting> {
  const { rows: silences } = await client.query<SilenceRow>({
    name: "alerting-silences",
    text: `SELECT matchers, comment, ends_at AS "endsAt", created_by AS "createdBy" FROM silences WHERE starts_at <= $1 AND ends_at > $1`,
    values: [now],
  });
  const windows = await readActiveWindows(client, now);
  const active = silences.flatMap(({ matchers, ...silence }) => {
    const parsed = alertMatchers.min(1).safeParse(matchers);
    return parsed.success ? [{ ...silence, matchers: parsed.data }] : [];
  });
  return {
    silence: (labels) => {
      const found = active.find(({ matchers }) => fits(labels, matchers));
      return found ? `silenced by ${found.createdBy} until ${clock(found.endsAt)}: ${found.comment}` : null;
    },
    maintenance: (labels) => {
      const found = windows.find(({ window }) => fits(labels, window.matchers));
      return found ? `maintenance "${found.window.label}" until ${clock(found.to)}` : null;
    },
  };
}

/** A maintenance window that is open, until then. */
export interface OpenWindow {
  window: MaintenanceWindow;
  to: Date;
}

/** The maintenance windows that are open now. */
export async function readActiveWindows(client: Pick<PoolClient, "query">, now: Date): Promise<OpenWindow[]> {
  const { rows } = await client.query({
    name: "alerting-windows",
    text: `SELECT id, label, description, matchers, recurrence, timezone, starts_at AS "startsAt", ends_at AS "endsAt", weekdays,
      start_time AS "startTime", cron, duration_minutes AS "durationMinutes", created_by AS "createdBy", created_at AS "createdAt"
      FROM maintenance_windows`,
  });
  return rows.flatMap((row) => {
    const window = toWindow(row);
    const span = window && activeSpan(window, now);
    return span ? [{ window, to: span.to }] : [];
  });
}
