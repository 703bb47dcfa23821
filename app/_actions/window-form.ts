import { linesOf, localMoment, matchersFrom, numberOf } from "./form-lines";
import type { FormValues } from "./form-state";

/** A maintenance window as its form holds it. @throws Problem invalid at the field "matchers" */
export function readWindow(values: FormValues) {
  const { label, description, matchers, isPublic } = values;
  return {
    label,
    description,
    matchers: matchersFrom(matchers),
    isPublic: isPublic === "on",
    ...readWindowTimes(values),
  };
}

/** When it is: only what belongs to the kind of window that was chosen is taken. Pure. */
export function readWindowTimes(values: FormValues) {
  const { recurrence, timezone } = values;
  const common = { recurrence, timezone: timezone?.trim() || "UTC" };
  const durationMinutes = numberOf(values["durationMinutes"]) ?? null;
  if (recurrence === "weekly") {
    const weekdays = linesOf(values["weekdays"]).map(Number);
    return { ...common, weekdays, startTime: values["startTime"] || null, durationMinutes };
  }
  if (recurrence === "cron") return { ...common, cron: values["cron"]?.trim() || null, durationMinutes };
  return {
    ...common,
    startsAt: localMoment(values["startsAt"], common.timezone) ?? null,
    endsAt: localMoment(values["endsAt"], common.timezone) ?? null,
  };
}
