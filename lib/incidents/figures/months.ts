import { localDay, startOfLocalDay } from "@/lib/metrics/query/local-days";

/** A calendar month of a time zone, or the part of it that lies in a range. */
export interface Month {
  /** "2026-11" */
  month: string;
  from: Date;
  /** The first moment that is not in it. */
  to: Date;
}

const DAY_MS = 86_400_000;

/** The month that a moment lies in, by the clocks of a time zone: "2026-11". Pure. */
export function monthOf(timezone: string, at: Date): string {
  return new Date(localDay(timezone, at.getTime()) * DAY_MS).toISOString().slice(0, 7);
}

/** When a month begins there, so many months later (or earlier, below 0). Pure. @param month "2026-11" */
export function startOfMonth(timezone: string, month: string, later = 0): Date {
  const [year = 1970, number = 1] = month.split("-").map(Number);
  return new Date(startOfLocalDay(timezone, Date.UTC(year, number - 1 + later, 1) / DAY_MS));
}

/** The months of a range, the oldest first; the first and the last one are cut to it. Pure. */
export function monthsOf(timezone: string, { from, to }: { from: Date; to: Date }): Month[] {
  const months: Month[] = [];
  for (let start = from; start < to;) {
    const month = monthOf(timezone, start);
    const next = startOfMonth(timezone, month, 1);
    months.push({ month, from: start, to: next < to ? next : to });
    start = next;
  }
  return months;
}
