import type { DemoOutage } from "../demo-outages";
import type { DemoError, DemoProject } from "./demo-error";
import { DEMO_PROJECTS } from "./index";
import { type Random, randomOf } from "./random";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** One occurrence of an error of the demo. */
export interface DemoEvent {
  project: DemoProject;
  error: DemoError;
  at: Date;
  /** Of its error, from 0. */
  nth: number;
  random: Random;
}

export const errorName = ({ key }: DemoProject, { type, value }: DemoError): string => `${key} ${type} ${value}`;

/** How busy a shop is then, from 0 to 1: as the demo's samples have it. Pure. */
function busyAt(ms: number): number {
  const hour = (1 - Math.cos(2 * Math.PI * (ms / DAY_MS - 3 / 24))) / 2;
  const weekday = new Date(ms).getUTCDay();
  return (0.08 + 0.92 * hour) * (weekday === 0 || weekday === 6 ? 0.5 : 1);
}

/** When everything of the demo happens between two times, in order; the same each time. Pure. */
export function planEvents(range: { from: Date; now: Date }, outages: readonly DemoOutage[]): DemoEvent[] {
  const all = DEMO_PROJECTS.flatMap((project) =>
    project.errors.flatMap((error) => {
      const random = randomOf(errorName(project, error));
      return timesOf(error, range, outages, random).map((at, nth) => ({ project, error, at, nth, random }));
    }),
  );
  return all.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function timesOf(
  { days: [first, last], perDay, outage }: DemoError,
  { from, now }: { from: Date; now: Date },
  outages: readonly DemoOutage[],
  random: Random,
): Date[] {
  const times: number[] = [];
  const end = now.getTime() - MINUTE_MS;
  const start = Math.max(from.getTime(), now.getTime() - first * DAY_MS);
  const stop = Math.min(end, now.getTime() - last * DAY_MS);
  if (perDay > 0 && start < stop) {
    times.push(start);
    // Half of the day is idle: more are drawn than are kept.
    const drawn = Math.round(((stop - start) / DAY_MS) * perDay * 2);
    for (let n = 0; n < drawn; n += 1) {
      const ms = start + random() * (stop - start);
      if (random() < busyAt(ms)) times.push(ms);
    }
  }
  const storm = outage && outages[outage.number];
  if (storm) {
    const until = Math.min(end, storm.to.getTime());
    const count = Math.round(((until - storm.from.getTime()) / MINUTE_MS) * outage.perMinute);
    for (let n = 0; n < count; n += 1)
      times.push(storm.from.getTime() + 3_000 + random() * (until - storm.from.getTime() - 3_000));
  }
  return times
    .filter((ms) => ms >= from.getTime() && ms <= end)
    .toSorted((a, b) => a - b)
    .map((ms) => new Date(Math.floor(ms)));
}
