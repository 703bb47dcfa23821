import { formatBytes, formatCount, formatMs, formatPercent, formatSeconds } from "@/lib/core/format";

/** A number's unit stands at the end of its name: usedPercent, sizeBytes, roundTripMs, oldestSeconds. */
const UNITS: readonly [suffix: string, format: (value: number) => string][] = [
  ["Percent", formatPercent],
  ["Bytes", formatBytes],
  ["Ms", formatMs],
  ["Seconds", formatSeconds],
];

const MAX_DEPTH = 3;

/** Facts as words: camelCase names become titles, numbers get their unit, what is nested gets its parent's name. Pure. */
export function describeFacts(facts: Readonly<Record<string, unknown>>): { name: string; text: string }[] {
  return describe(facts, "", "", 0);
}

function describe(facts: object, prefix: string, unit: string, depth: number): { name: string; text: string }[] {
  return Object.entries(facts).flatMap(([key, value]: [string, unknown]) => {
    if (value === null || value === undefined || value === "") return [];
    const [name, ending] = split(key);
    const title = prefix ? `${prefix}, ${name}` : capital(name);
    const own = ending || unit;
    if (typeof value === "object" && !Array.isArray(value) && depth < MAX_DEPTH) {
      // Phases are times by convention: { phases: { dns: 1.2, connect: 8 } }
      return describe(value, title, key === "phases" ? "Ms" : own, depth + 1);
    }
    return [{ name: title, text: textOf(value, own) }];
  });
}

function split(key: string): [name: string, unit: string] {
  const unit = UNITS.find(([suffix]) => key.endsWith(suffix) && key !== suffix)?.[0] ?? "";
  const bare = unit ? key.slice(0, -unit.length) : key;
  return [bare.replaceAll(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll("_", " "), unit];
}

function textOf(value: unknown, unit: string): string {
  if (typeof value === "number") return (UNITS.find(([suffix]) => suffix === unit)?.[1] ?? formatCount)(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value))
    return value.length === 0 ? "none" : value.map((item: unknown) => textOf(item, unit)).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
