import type { MaintenanceWindow, Span } from "@/lib/alerting/maintenance-window";
import { formatDuration } from "@/lib/core/format";

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** "Every Monday and Friday at 22:30 (Europe/Berlin), for 1 h 30 min" Pure. */
export function describeWindow(window: MaintenanceWindow): string {
  const { recurrence, weekdays, startTime, cron, timezone, durationMinutes } = window;
  const length = durationMinutes === null ? "" : `, for ${formatDuration(durationMinutes * 60)}`;
  if (recurrence === "weekly") {
    const names = weekdays.toSorted((a, b) => a - b).map((day) => WEEKDAYS[day - 1] ?? String(day));
    return `Every ${names.join(", ").replace(/, ([^,]*)$/, " and $1")} at ${startTime ?? ""} (${timezone})${length}`;
  }
  return recurrence === "cron" ? `By the cron line ${cron ?? ""} (${timezone})${length}` : `Once (${timezone})`;
}

/** "Sun 30 Mar 2031, 22:30 to Mon 31 Mar 2031, 00:00" by the window's own clocks. Pure. */
export function describeSpan({ from, to }: Span, timeZone: string): string {
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone });
  const day = new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone,
  });
  const end = day.format(from) === day.format(to) ? clock.format(to) : `${day.format(to)}, ${clock.format(to)}`;
  return `${day.format(from)}, ${clock.format(from)} to ${end}`;
}
