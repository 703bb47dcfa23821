const DAY_SECONDS = 86_400;

/** The ranges that the explorer offers, by their name in the address, in seconds. */
export const EXPLORER_RANGES = {
  "1h": 3_600,
  "6h": 21_600,
  "24h": DAY_SECONDS,
  "7d": 7 * DAY_SECONDS,
  "30d": 30 * DAY_SECONDS,
  "90d": 90 * DAY_SECONDS,
  "1y": 365 * DAY_SECONDS,
} as const;
export type ExplorerRange = keyof typeof EXPLORER_RANGES;

/** The steps that can be asked for, by their name in the address, in seconds. */
export const STEPS = { "1m": 60, "5m": 300, "15m": 900, "1h": 3_600, "6h": 21_600, "1d": DAY_SECONDS } as const;
export type Step = keyof typeof STEPS;

/** What a chart is compared with: the same time a week ago, or the period of the same length just before. */
export const COMPARISONS = ["week", "before"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** How much earlier that is, in seconds. */
export function comparisonOffset(comparison: Comparison, from: number, to: number): number {
  return comparison === "week" ? 7 * DAY_SECONDS : Math.max(1, Math.round((to - from) / 1000));
}

/** The key of a record that a text is; undefined where it is none. */
export function keyOf<T extends object>(record: T, text: string | null | undefined): keyof T | undefined {
  return Object.keys(record).find((key): key is keyof T & string => key === text);
}
