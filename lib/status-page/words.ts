import { formatDuration } from "@/lib/core/format";
import type { PublicIncident } from "./status";

/** Times, shares and states in the words of the page. Everything is UTC: the page runs no script that knows the reader's zone. Times are ISO 8601 in UTC. */

export const INCIDENT_WORDS: Record<PublicIncident["status"], string> = {
  investigating: "Investigating",
  identified: "Identified",
  monitoring: "Monitoring",
  resolved: "Resolved",
};

const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

const MAX_DAYS = 1_000;
const days = new Map<string, string>();

/** "29 Feb 2028". Remembered: the page names the same 90 days again and again. */
export function formatDay(iso: string): string {
  const day = iso.slice(0, 10);
  const known = days.get(day);
  if (known !== undefined) return known;
  if (days.size >= MAX_DAYS) days.clear();
  const text = DATE.format(new Date(`${day}T00:00:00Z`));
  days.set(day, text);
  return text;
}
/** "14:02" */
export const formatClock = (iso: string): string => iso.slice("2028-02-29T".length, "2028-02-29T14:02".length);
/** "29 Feb 2028, 14:02 UTC" */
export const formatTime = (iso: string): string => `${formatDay(iso)}, ${formatClock(iso)} UTC`;

/** "14:02 UTC" on the same UTC day, else with its date. */
export const formatNear = (iso: string, now: Date): string =>
  iso.slice(0, 10) === now.toISOString().slice(0, 10) ? `${formatClock(iso)} UTC` : formatTime(iso);

/** "3 min": to the minute, once there is one. */
export function formatAge(iso: string, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - Date.parse(iso)) / 1000);
  return formatDuration(seconds < 60 ? seconds : Math.floor(seconds / 60) * 60);
}

/** "2 h 14 min" between two times. */
export const formatSpan = (from: string, to: string): string =>
  formatDuration((Date.parse(to) - Date.parse(from)) / 1000);

/** 99.974 → "99.97 %". Cut and not rounded: less than all of it is never 100 %. */
export function formatUptime(percent: number): string {
  const cut = Math.floor(percent * 100 + 1e-9) / 100;
  return `${cut === 100 ? "100" : cut.toFixed(2)} %`;
}

/** 33.4 → "33 min"; less than a minute is "under 1 min". */
export const formatMinutes = (minutes: number): string =>
  minutes > 0 && minutes < 1 ? "under 1 min" : formatDuration(Math.round(minutes) * 60);
