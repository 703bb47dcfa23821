import { formatDuration } from "@/lib/core/format";
import type { OpenIncident } from "./facts";

export type Course =
  | { to: "same"; reason: string }
  /** All is quiet since then. */
  | { to: "monitoring"; quietSince: Date; reason: string }
  | { to: "resolved"; quietSince: Date; reason: string }
  | { to: "investigating"; alertId: string; reason: string };

/**
 * Where does an incident go by itself? To monitoring when all of its alerts are over, to resolved when that has lasted, and
 * back to investigating when one fires again; nowhere once a person changed it. Pure.
 * @param quietMs how long it must have been quiet
 */
export function decideCourse(
  { status, isAutomatic, quietSince, alerts }: Pick<OpenIncident, "status" | "isAutomatic" | "quietSince" | "alerts">,
  quietMs: number,
  now: Date,
): Course {
  if (!isAutomatic) return { to: "same", reason: "a person moves it" };
  if (status === "resolved") return { to: "same", reason: "it is resolved" };
  const firing = alerts.filter(({ isFiring }) => isFiring);
  const newest = firing.toSorted((a, b) => b.firingSince.getTime() - a.firingSince.getTime())[0];
  if (newest)
    return status === "monitoring"
      ? { to: "investigating", alertId: newest.id, reason: `${newest.subject} fires again` }
      : { to: "same", reason: firing.length === 1 ? "an alert fires" : `${firing.length} alerts fire` };
  if (status !== "monitoring" || quietSince === null) {
    const ends = alerts.flatMap(({ resolvedAt }) => resolvedAt?.getTime() ?? []);
    const since = new Date(Math.max(...ends, ...(ends.length === 0 ? [now.getTime()] : [])));
    return { to: "monitoring", quietSince: since, reason: "all of its alerts are over" };
  }
  const quietFor = now.getTime() - quietSince.getTime();
  if (quietFor < quietMs) return { to: "same", reason: "it has not been quiet for long enough" };
  return { to: "resolved", quietSince, reason: `it has been quiet for ${formatDuration(quietMs / 1000)}` };
}
