import { toLocalInput } from "@/app/_forms/local-input";
import { Problem } from "@/lib/core/errors";
import { isTimeZone } from "@/lib/metrics/query/local-days";
import { localMoment } from "./form-lines";
import type { FormValues } from "./form-state";

/**
 * The time in a MomentField, which shows minutes: one that nobody changed stays exact. Pure.
 * @returns undefined where the form has no such field, null where it is empty
 * @throws Problem invalid, at the field, for what is no time
 */
export function momentOf(values: FormValues, name: string): Date | null | undefined {
  const text = values[name]?.trim();
  if (text === undefined) return undefined;
  if (text === "") return null;
  const zone = values["timezone"];
  const was = new Date(values[`was.${name}`] ?? "");
  const isKnown = !Number.isNaN(was.getTime());
  if (isKnown && text === toLocalInput(was, zone && isTimeZone(zone) ? zone : "UTC")) return was;
  const at = localMoment(text, zone);
  if (at && !Number.isNaN(at.getTime())) return at;
  const message = "must be a date and a time";
  throw new Problem("invalid", `${name}: ${message}`, [{ path: name, message }]);
}
