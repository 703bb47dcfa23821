import { formatDuration } from "@/lib/core/format";

/** 12 s before now → "12 s ago", 90 min ago → "1 h 30 min ago", a minute ahead → "in 1 min". Pure. */
export function relativeTime(at: number, now: number): string {
  const seconds = Math.round((now - at) / 1000);
  if (Math.abs(seconds) < 2) return "now";
  const span = Math.abs(seconds);
  // Two units below a day; further away the larger one says enough.
  const words =
    span >= 86_400
      ? `${Math.round(span / 86_400)} d`
      : span >= 60 && span < 3600
        ? `${Math.floor(span / 60)} min`
        : formatDuration(span);
  return seconds > 0 ? `${words} ago` : `in ${words}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone })));
  return made;
}

/** "23 Nov 2026, 14:02:11 GMT+1" */
export function absoluteTime(at: number, zone: string): string {
  return format(zone, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  }).format(at);
}

/** "23 Nov 2026, 14:02 GMT+1" */
export function minuteTime(at: number, zone: string): string {
  return absoluteTime(at, zone).replace(/(\d\d:\d\d):\d\d/, "$1");
}

const HOUR_MS = 3_600_000;

/** "14:02"; "02:30 CET" in the hour that a clock change brings twice. */
export function clockTime(at: number, zone: string): string {
  const clock = (time: number) => format(zone, { hour: "2-digit", minute: "2-digit" }).format(time);
  const text = clock(at);
  const isTwice = zone !== "UTC" && (clock(at - HOUR_MS) === text || clock(at + HOUR_MS) === text);
  return isTwice ? `${text} ${zoneName(at, zone)}` : text;
}

/** "CET", "GMT+9": what clocks go by at a time. */
function zoneName(at: number, zone: string): string {
  const parts = format(zone, { timeZoneName: "short" }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

/** "23 Nov" */
export function dayOf(at: number, zone: string): string {
  return format(zone, { day: "numeric", month: "short" }).format(at);
}

/** "14:02" today, "23 Nov, 14:02" on any other day. */
export function shortTime(at: number, zone: string, now: number): string {
  const clock = clockTime(at, zone);
  return dayOf(at, zone) === dayOf(now, zone) ? clock : `${dayOf(at, zone)}, ${clock}`;
}

/** "14:02:11.042" today, "23 Nov, 14:02:11.042" on any other day: for lines that follow each other within a second. */
export function exactTime(at: number, zone: string, now: number): string {
  const clock = format(zone, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
  }).format(at);
  return dayOf(at, zone) === dayOf(now, zone) ? clock : `${dayOf(at, zone)}, ${clock}`;
}
