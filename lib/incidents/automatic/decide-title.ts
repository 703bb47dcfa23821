import { causeOf, shorten } from "@/lib/alerting/headline";
import { MAX_TITLE } from "../incident-input";
import type { AlertFacts } from "./facts";

/**
 * The alert that others of the same incident are effects of: of several the one with the most effects, then the earliest;
 * undefined where each fires by itself. Pure.
 */
export function rootOf(alerts: readonly AlertFacts[]): AlertFacts | undefined {
  const ids = new Set(alerts.map(({ id }) => id));
  const effects = new Map<string, number>();
  for (const { parentId } of alerts) if (parentId !== null) effects.set(parentId, (effects.get(parentId) ?? 0) + 1);
  return alerts
    .filter(({ id, parentId }) => effects.has(id) && (parentId === null || !ids.has(parentId)))
    .toSorted(
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
