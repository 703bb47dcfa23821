import { type OpenWindow, readActiveWindows } from "@/lib/alerting/evaluation/muting";
import { fits } from "@/lib/alerting/matchers";
import type { Context } from "@/lib/core/context";

/** A maintenance window that is open over a check. */
export interface Maintenance {
  label: string;
  until: Date;
}

/** What is in maintenance now, by a check's id. */
export type MaintainedChecks = ReadonlyMap<string, Maintenance>;

/** The checks that a maintenance window is open over: one statement, and a second one while any window is open. */
export async function readMaintainedChecks({ sql, now }: Pick<Context, "sql" | "now">): Promise<MaintainedChecks> {
  const windows = await readActiveWindows(sql, now());
  if (windows.length === 0) return new Map();
  const { rows } = await sql.query<{ id: string; key: string; type: string }>(
    "SELECT id, key, type FROM health_checks",
  );
  return new Map(
    rows.flatMap(({ id, ...check }) => {
      const maintenance = maintenanceOver(windows, check);
      return maintenance ? [[id, maintenance]] : [];
    }),
  );
}

/** The window over a check; of several the one that is open longest. Pure. */
export function maintenanceOver(
  windows: readonly OpenWindow[],
  { key, type }: { key: string; type: string },
): Maintenance | undefined {
  const labels = { check: key, type };
  const over = windows.filter(({ window }) => fits(labels, window.matchers));
  const last = over.toSorted((a, b) => b.to.getTime() - a.to.getTime())[0];
  return last && { label: last.window.label, until: last.to };
}
