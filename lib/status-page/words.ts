import { formatDuration } from "@/lib/core/format";
import type { PublicIncident } from "./status";

/** Times, shares and states in the words of the page. Everything is UTC: the page runs no script that knows the reader's zone. Pure. */

export const INCIDENT_WORDS: Record<PublicIncident["status"], string> = {
  investigating: "Investigating",
  identified: "Identified",
  monitoring: "Monitoring",
  resolved: "Resolved",
};

const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });

/** "29 Feb 2028" */
export const formatDay = (iso: string): string => DATE.format(new Date(iso));
/** "14:02" */
export const formatClock = (iso: string): string => CLOCK.format(new Date(iso));
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
