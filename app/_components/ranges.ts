/** The time ranges of a page, by their name in the address (`?range=24h`), in milliseconds. */
export const RANGES = {
  "1h": 3_600_000,
  "6h": 21_600_000,
  "24h": 86_400_000,
  "7d": 604_800_000,
  "30d": 2_592_000_000,
} as const;

export type RangeName = keyof typeof RANGES;

export const DEFAULT_RANGE: RangeName = "24h";

function isRange(value: unknown): value is RangeName {
  return typeof value === "string" && Object.hasOwn(RANGES, value);
}

/** The range that the address asks for; the default for anything it does not know. */
export function rangeOf(value: string | string[] | undefined): RangeName {
  return isRange(value) ? value : DEFAULT_RANGE;
}
