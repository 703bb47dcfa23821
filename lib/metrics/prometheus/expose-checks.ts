import { DISPLAYED_STATES, stateOf } from "@/lib/checks/displayed-state";
import type { CheckStatus } from "@/lib/checks/define-check";
import { readWatch } from "@/lib/checks/watch";
import type { Context } from "@/lib/core/context";
import type { ExposedFamily } from "./write-text";

interface Row {
  id: string;
  key: string;
  label: string;
  type: string;
  status: CheckStatus | null;
  pausedAt: Date | null;
  lastResultAt: Date | null;
  intervalSeconds: number;
  durationMs: number | null;
}

/** The state of every check, as the dashboard shows it now, with its newest result's duration and time. */
export async function exposeChecks(context: Pick<Context, "sql" | "now">): Promise<ExposedFamily[]> {
  const [{ rows }, watch] = await Promise.all([
    context.sql.query<Row>(
      `SELECT id, key, label, type, status, paused_at AS "pausedAt", last_result_at AS "lastResultAt", interval_seconds AS "intervalSeconds",
         (last_result->>'durationMs')::float8 AS "durationMs"
       FROM health_checks ORDER BY key`,
    ),
    readWatch(context),
  ]);
  const now = context.now();
  // Planned or not: whether it is up is what it is.
  const unplanned = { ...watch, maintained: new Map() };
  const checks = rows.map((row) => ({
    ...row,
    labels: { key: row.key, label: row.label, type: row.type },
    state: stateOf(row, now, watch),
    result: stateOf(row, now, unplanned),
  }));
  return [
    {
      name: "watchkeeper_check_up",
      type: "gauge",
      help: "Whether the check passes: 1 passing or degraded, 0 failing or broken. Absent while nobody knows.",
      samples: checks.flatMap(({ labels, result }) => {
        if (result === "ok" || result === "warning") return [{ labels, value: 1 }];
        return result === "failed" || result === "crashed" ? [{ labels, value: 0 }] : [];
      }),
    },
    {
      name: "watchkeeper_check_state",
      type: "gauge",
      help: "1 for the state that the check is in, 0 for all others.",
      samples: checks.flatMap(({ key, state }) =>
        DISPLAYED_STATES.map((name) => ({ labels: { key, state: name }, value: name === state ? 1 : 0 })),
      ),
    },
    {
      name: "watchkeeper_check_duration_seconds",
      type: "gauge",
      help: "How long the newest run of the check took.",
      unit: "seconds",
      samples: checks.flatMap(({ key, durationMs }) =>
        durationMs === null ? [] : [{ labels: { key }, value: durationMs / 1000 }],
      ),
    },
    {
      name: "watchkeeper_check_last_result_timestamp_seconds",
      type: "gauge",
      help: "When the newest run of the check ended.",
      unit: "seconds",
      samples: checks.flatMap(({ key, lastResultAt }) =>
        lastResultAt === null ? [] : [{ labels: { key }, value: lastResultAt.getTime() / 1000 }],
      ),
    },
  ];
}
