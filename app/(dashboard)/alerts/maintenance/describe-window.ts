import { clockTime } from "@/app/_components/time-format";
import type { MaintenanceWindow, Span } from "@/lib/alerting/maintenance-window";
import { formatDuration } from "@/lib/core/format";

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** "Every Monday and Friday at 22:30 (Europe/Berlin), for 1 h 30 min" Pure. */
export function describeWindow(window: MaintenanceWindow): string {
  const { recurrence, weekdays, startTime, cron, timezone, durationMinutes } = window;
  const length = durationMinutes === null ? "" : `, for ${formatDuration(durationMinutes * 60)}`;
  if (recurrence === "weekly") {
    const names = weekdays.toSorted((a, b) => a - b).map((day) => WEEKDAYS[day - 1] ?? String(day));
    const days = names.length === WEEKDAYS.length ? "day" : names.join(", ").replace(/, ([^,]*)$/, " and $1");
    return `Every ${days} at ${startTime ?? ""} (${timezone})${length}`;
  }
  return recurrence === "cron" ? `By the cron line ${cron ?? ""} (${timezone})${length}` : `Once (${timezone})`;
}

/** "Sun 30 Mar 2031, 22:30 to Mon 31 Mar 2031, 00:00" by the window's own clocks. Pure. */
export function describeSpan({ from, to }: Span, timeZone: string): string {
  const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone });
  const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone });
  const day = (at: Date) => `${weekday.format(at)} ${date.format(at)}`;
  const clock = (at: Date) => clockTime(at.getTime(), timeZone);
  const end = day(from) === day(to) ? clock(to) : `${day(to)}, ${clock(to)}`;
  return `${day(from)}, ${clock(from)} to ${end}`;
}
