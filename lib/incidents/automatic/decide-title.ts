import { causeOf, shorten } from "@/lib/alerting/headline";
import { MAX_TITLE } from "../incident-input";
import type { AlertFacts } from "./facts";

/**
 * The alert that an incident is named after: one that is no effect of another, of those the one with the most effects, then
 * the earliest. Pure.
 */
export function rootOf(alerts: readonly AlertFacts[]): AlertFacts | undefined {
  const ids = new Set(alerts.map(({ id }) => id));
  const effects = new Map<string, number>();
  for (const { parentId } of alerts) if (parentId !== null) effects.set(parentId, (effects.get(parentId) ?? 0) + 1);
  const roots = alerts.filter(({ parentId }) => parentId === null || !ids.has(parentId));
  return (roots.length > 0 ? roots : alerts).toSorted(
    (a, b) =>
      (effects.get(b.id) ?? 0) - (effects.get(a.id) ?? 0) ||
      a.pendingSince.getTime() - b.pendingSince.getTime() ||
      a.id.localeCompare(b.id),
  )[0];
}

/** "Database: connection refused". Pure. */
export function titleOf(alert: Pick<AlertFacts, "subject" | "summary">): string {
  return shorten(`${alert.subject}: ${causeOf(alert)}`.replaceAll(/\s+/g, " ").trim(), MAX_TITLE);
}
