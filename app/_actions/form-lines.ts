import { invalidWith } from "@/lib/alerting/config-issues";
import { parseMatcher } from "@/lib/alerting/matchers";
import { isTimeZone, startOfLocalDay } from "@/lib/metrics/query/local-days";

/** A form's lines without the empty ones. Pure. */
export const linesOf = (text: string | undefined): string[] =>
  (text ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** `check=payments`, one a line, as matchers. Pure. @throws Problem invalid at the field "matchers" */
export function matchersFrom(text: string | undefined) {
  return linesOf(text).map((line) => {
    const matcher = parseMatcher(line);
    if (matcher) return matcher;
    const message = `"${line}" must be like check=payments, host!=web-1 or host=~web-.*`;
    throw invalidWith("The form", [{ path: "matchers", message }]);
  });
}

/** An empty input leaves the number out; what is none stays as it was typed, for the verb's own message. Pure. */
export function numberOf(text: string | undefined): number | string | undefined {
  if (!text?.trim()) return undefined;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

const LOCAL = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/;

/** "2026-05-01T22:30" by the clocks of a time zone; what is no time is no date. Pure. */
export function localMoment(text: string | undefined, timezone: string | undefined): Date | undefined {
  const [, year, month, day, hour, minute] = LOCAL.exec(text ?? "") ?? [];
  if (year === undefined) return undefined;
  const zone = timezone && isTimeZone(timezone) ? timezone : "UTC";
  const days = Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000;
  const wanted = `${hour}:${minute}`;
  const since = (Number(hour) * 60 + Number(minute)) * 60_000;
  const start = startOfLocalDay(zone, days);
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });
  // On the day of a clock change the time since midnight is not what the clock says.
  const shifts = [0, -3_600_000, 3_600_000, -1_800_000, 1_800_000];
  const exact = shifts.map((shift) => start + since + shift).find((at) => clock.format(at) === wanted);
  return new Date(exact ?? start + since);
}
