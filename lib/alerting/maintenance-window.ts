import { Cron } from "croner";
import { z } from "zod";
import { isTimeZone } from "@/lib/metrics/query/local-days";
import { alertMatchers } from "./matchers";

const row = z.object({
  id: z.string(),
  label: z.string(),
  description: z.string(),
  matchers: alertMatchers,
  recurrence: z.enum(["once", "weekly", "cron"]),
  timezone: z.string().refine(isTimeZone),
  startsAt: z.date().nullable(),
  endsAt: z.date().nullable(),
  weekdays: z.array(z.number()),
  startTime: z.string().nullable(),
  cron: z.string().nullable(),
  durationMinutes: z.number().nullable(),
  createdBy: z.string(),
  createdAt: z.date(),
});

/** A planned time in which alerts of its subjects tell nobody. */
export type MaintenanceWindow = z.output<typeof row>;

/** When a window is open. */
export type WindowTimes = Omit<
  MaintenanceWindow,
  "id" | "label" | "description" | "matchers" | "createdBy" | "createdAt"
>;

/** A stored window; undefined for one that this version can't read. */
export function toWindow(stored: unknown): MaintenanceWindow | undefined {
  return row.safeParse(stored).data;
}

export interface Span {
  from: Date;
  to: Date;
}

const MINUTE_MS = 60_000;

/** The cron line of a window that recurs: a weekly one is the line of its days and time. Pure. */
export function cronOf({ recurrence, weekdays, startTime, cron }: WindowTimes): string | undefined {
  if (recurrence === "cron") return cron ?? undefined;
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(startTime ?? "") ?? [];
  if (recurrence !== "weekly" || hour === undefined || weekdays.length === 0) return undefined;
  return `${Number(minute)} ${Number(hour)} * * ${weekdays.join(",")}`;
}

/**
 * When a window is open at a time, from when to when. One that recurs begins by the clock of its time zone, and lasts so many
 * minutes of real time: over a change of the clocks too. A beginning that a change of the clocks skips is at the change. Pure.
 * @returns undefined when it is not open then
 */
export function activeSpan(window: WindowTimes, at: Date): Span | undefined {
  const { recurrence, startsAt, endsAt, durationMinutes } = window;
  if (recurrence === "once") {
    if (!startsAt || !endsAt || at < startsAt || at >= endsAt) return undefined;
    return { from: startsAt, to: endsAt };
  }
  const lengthMs = (durationMinutes ?? 0) * MINUTE_MS;
  const from = nextStart(window, new Date(at.getTime() - lengthMs));
  if (!from || from > at) return undefined;
  return { from, to: new Date(from.getTime() + lengthMs) };
}

/** The next times it is open, the present one too. Pure. */
export function nextSpans(window: WindowTimes, now: Date, count: number): Span[] {
  const { recurrence, startsAt, endsAt, durationMinutes } = window;
  if (recurrence === "once") return startsAt && endsAt && endsAt > now ? [{ from: startsAt, to: endsAt }] : [];
  const lengthMs = (durationMinutes ?? 0) * MINUTE_MS;
  const spans: Span[] = [];
  let after = new Date(now.getTime() - lengthMs);
  while (spans.length < count) {
    const from = nextStart(window, after);
    if (!from) break;
    spans.push({ from, to: new Date(from.getTime() + lengthMs) });
    after = from;
  }
  return spans;
}

/** The first beginning after a time, within the bounds of the recurrence. */
function nextStart(window: WindowTimes, after: Date): Date | undefined {
  const line = cronOf(window);
  if (line === undefined) return undefined;
  const { startsAt, endsAt, timezone } = window;
  const from = startsAt && startsAt > after ? new Date(startsAt.getTime() - 1) : after;
  const next = new Cron(line, { timezone, mode: "5-part" }).nextRun(from);
  return next && (!endsAt || next < endsAt) ? next : undefined;
}
