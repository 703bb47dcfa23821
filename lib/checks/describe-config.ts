import { formatCount, formatDuration, formatMs, formatPercent } from "@/lib/core/format";
import { type Configurable, configFields, type Field } from "./config-fields";

/** By the unit that a field's name ends in. */
const BY_UNIT: readonly (readonly [RegExp, (value: number) => string])[] = [
  [/Percent$/, formatPercent],
  [/Ms$/, formatMs],
  [/Seconds$/, (seconds) => (Number.isInteger(seconds) ? formatDuration(seconds) : formatMs(seconds * 1000))],
  [/Minutes$/, (minutes) => formatDuration(minutes * 60)],
  [/Days$/, (days) => (days === 1 ? "1 day" : `${formatCount(days)} days`)],
  [/Mb$/, (size) => `${formatCount(size)} MB`],
  [/Gb$/, (size) => `${formatCount(size)} GB`],
];

/**
 * A check's settings in words, for reading: "Response time: warning above" → "2 s", "Refuse bad certificates" → "Yes".
 * Those that are not set and have no default are left out; secrets come masked from the verb and stay so.
 */
export function describeConfig(
  type: Configurable,
  config: Readonly<Record<string, unknown>>,
): { name: string; title: string; text: string }[] {
  return configFields(type).flatMap((field) => {
    const text = describe(field, config[field.name] ?? field.default);
    return text === "" ? [] : [{ name: field.name, title: field.title, text }];
  });
}

function describe(field: Field, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (Array.isArray(value)) return value.map(String).join(", ");
  if (typeof value === "object")
    return Object.entries(value)
      .map(([name, item]) => `${name}: ${String(item)}`)
      .join("\n");
  if (typeof value !== "number") return String(value);
  const format = BY_UNIT.find(([suffix]) => suffix.test(field.name))?.[1];
  // A port or a status is a name made of digits: no thousands separators.
  return format ? format(value) : String(value);
}
