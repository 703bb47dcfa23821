import { nextSpans } from "@/lib/alerting/maintenance-window";
import { fits } from "@/lib/alerting/matchers";
import type { CheckFacts, StatusFacts } from "./status-facts";
import type { PublicMaintenance } from "./status";

const DAY_MS = 86_400_000;
/** How far ahead, and how many times of one window, are announced. */
const AHEAD_MS = 30 * DAY_MS;
const SPANS = 3;
/** Since when a time of a window that recurs counts as announced. */
const ANNOUNCED_BEFORE_MS = 7 * DAY_MS;

type Window = StatusFacts["windows"][number]["window"];

/** Does a maintenance window cover a check? As alerts and downtime see it (lib/checks/mark-maintenance.ts). Pure. */
export function covers(window: Window, { key, type }: Pick<CheckFacts, "key" | "type">): boolean {
  return fits({ check: key, type }, window.matchers);
}

/** The announced windows' present and next times, the next first. Pure. */
export function listMaintenance(
  { windows, components }: Pick<StatusFacts, "windows" | "components">,
  now: Date,
): PublicMaintenance[] {
  return windows
    .filter(({ isPublic }) => isPublic)
    .flatMap(({ window }) => {
      const affected = components.filter(({ checks }) => checks.some((check) => covers(window, check)));
      const { id, label, description, recurrence, createdAt } = window;
      return nextSpans(window, now, SPANS)
        .filter(({ from }) => from.getTime() - now.getTime() <= AHEAD_MS)
        .map(({ from, to }): PublicMaintenance => {
          const announced = recurrence === "once" ? 0 : from.getTime() - ANNOUNCED_BEFORE_MS;
          return {
            id: `${id}-${from.getTime()}`,
            label,
            description,
            from: from.toISOString(),
            to: to.toISOString(),
            isRunning: from <= now,
            announcedAt: new Date(Math.max(createdAt.getTime(), announced)).toISOString(),
            components: affected.map((component) => ({ id: component.id, label: component.label })),
          };
        });
    })
    .toSorted((a, b) => a.from.localeCompare(b.from) || a.id.localeCompare(b.id));
}
