import { formatDuration } from "@/lib/core/format";

const NAMES = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });

/** "2026-11" → "Nov 2026". Pure. */
export const monthName = (month: string): string => NAMES.format(new Date(`${month}-01`));

/** Seconds as words; what is not known is a dash. Pure. */
export const spanWords = (seconds: number | null): string => (seconds === null ? "–" : formatDuration(seconds));
