import type { Pool } from "pg";
import type { Context } from "@/lib/core/context";
import type { Destination } from "../projects/find-key";

/** Events a minute that a project may send to one process, where its own settings say nothing else. */
export const DEFAULT_QUOTA = 30_000;
const MINUTE_MS = 60_000;

interface Minute {
  minute: number;
  counts: Map<number, number>;
}

const KEY = Symbol.for("watchkeeper.error-quotas");
const holder: typeof globalThis & { [KEY]?: WeakMap<Pool, Minute> } = globalThis;

type Clocked = Pick<Context, "sql" | "now">;
type Limited = Pick<Destination, "id" | "quota">;

/**
 * Counts events of a project in this minute. In memory: a process that starts anew begins at none, and several processes
 * take as many each.
 * @returns undefined when they fit, else in how many seconds more are taken; then none is counted
 */
export function takeQuota(context: Clocked, project: Limited, events: number): number | undefined {
  const { counts, endsInSeconds } = minuteOf(context);
  const taken = counts.get(project.id) ?? 0;
  if (taken + events > (project.quota ?? DEFAULT_QUOTA)) return endsInSeconds;
  counts.set(project.id, taken + events);
  return undefined;
}

/** Asked before a body is read: in how many seconds more are taken, undefined where some are now. */
export function quotaWait(context: Clocked, project: Limited): number | undefined {
  const { counts, endsInSeconds } = minuteOf(context);
  return (counts.get(project.id) ?? 0) >= (project.quota ?? DEFAULT_QUOTA) ? endsInSeconds : undefined;
}

function minuteOf({ sql, now }: Clocked): { counts: Map<number, number>; endsInSeconds: number } {
  const minutes = (holder[KEY] ??= new WeakMap());
  const ms = now().getTime();
  const minute = Math.floor(ms / MINUTE_MS);
  let current = minutes.get(sql);
  if (current?.minute !== minute) minutes.set(sql, (current = { minute, counts: new Map() }));
  return { counts: current.counts, endsInSeconds: Math.max(1, Math.ceil(((minute + 1) * MINUTE_MS - ms) / 1_000)) };
}
