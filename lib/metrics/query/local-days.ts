/**
 * Where the days of a time zone begin. A day of a clock change has 23 or 25 hours (elsewhere also 23.5 or 24.5), and one
 * that has no midnight begins when the clock is put forward. Pure.
 */
const DAY_MS = 86_400_000;

export function isTimeZone(name: string): boolean {
  try {
    zone(name);
    return true;
  } catch {
    return false;
  }
}

/** The calendar day of a moment there, counted from 1970-01-01. */
export function localDay(name: string, ms: number): number {
  return Math.floor((ms + offsetAt(name, ms)) / DAY_MS);
}

/** The moment at which a calendar day (counted from 1970-01-01) begins there, in ms. */
export function startOfLocalDay(name: string, day: number): number {
  const midnight = day * DAY_MS;
  const before = offsetAt(name, midnight - DAY_MS);
  const after = offsetAt(name, midnight + DAY_MS);
  const candidates = [midnight - before, midnight - after];
  const exact = candidates.filter((ms) => ms + offsetAt(name, ms) === midnight);
  // Where no clock ever showed this midnight it was put forward at that moment, by the offset of before.
  return exact.length === 0 ? midnight - before : Math.min(...exact);
}

/** How far local time is ahead of UTC, in ms. */
function offsetAt(name: string, ms: number): number {
  const second = Math.floor(ms / 1000) * 1000;
  const parts = Object.fromEntries(
    zone(name)
      .formatToParts(second)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second: s = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, s) - second;
}

const zones = new Map<string, Intl.DateTimeFormat>();

function zone(name: string): Intl.DateTimeFormat {
  const known = zones.get(name);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  // Names differ in case only so often; there are a few hundred zones.
  if (zones.size < 1_000) zones.set(name, made);
  return made;
}
