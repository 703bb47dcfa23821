import { groupBy } from "@/lib/core/group-by";
import type { DayFacts } from "./status-facts";
import { UPTIME_DAYS, type UptimeDay } from "./status";

const DAY_MS = 86_400_000;
const DAY_MINUTES = 1_440;

/** The last 90 UTC days, the oldest first, today included: "2028-02-29". UTC has no clock changes: each is 86,400 s. Pure. */
export function uptimeDayNames(now: Date): string[] {
  const today = Math.floor(now.getTime() / DAY_MS);
  return Array.from({ length: UPTIME_DAYS }, (_, index) => nameOf(today - (UPTIME_DAYS - 1) + index));
}

const nameOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

const shareOf = ({ up, total }: { up: number; total: number }): number => (100 * up) / total;

/**
 * A component's uptime: it is as good as its worst check, day by day and over all days. The share is that of the results
 * that did not fail, as on the dashboard; what ran in maintenance is in none of the counts. A day without results (before
 * the check was made, while nobody watched, all of it maintenance) has no data. Pure.
 * @param rows the days of its checks
 */
export function uptimeOf(rows: readonly DayFacts[], now: Date): { days: UptimeDay[]; uptimePercent: number | null } {
  const names = uptimeDayNames(now);
  const shown = new Set(names);
  const counted = rows.filter(({ day, total }) => total > 0 && shown.has(day));
  const byDay = groupBy(counted, ({ day }) => day);
  const days = names.map((day): UptimeDay => {
    const own = byDay.get(day);
    if (!own) return { day, uptimePercent: null, downtimeMinutes: null };
    return {
      day,
      uptimePercent: Math.min(...own.map(shareOf)),
      // What begins before midnight counts to its day as a whole.
      downtimeMinutes: Math.min(DAY_MINUTES, Math.max(...own.map(({ downSeconds }) => downSeconds)) / 60),
    };
  });
  const shares = [...groupBy(counted, ({ checkId }) => checkId).values()].map((own) =>
    shareOf({ up: sum(own, "up"), total: sum(own, "total") }),
  );
  return { days, uptimePercent: shares.length === 0 ? null : Math.min(...shares) };
}

const sum = (rows: readonly DayFacts[], field: "up" | "total"): number =>
  rows.reduce((total, row) => total + row[field], 0);
