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

/**
 * Counts events of a project in this minute. In memory: a process that starts anew begins at none, and several processes
 * take as many each.
 * @returns undefined when they fit, else in how many seconds more are taken; then none is counted
 */
export function takeQuota(
  { sql, now }: Pick<Context, "sql" | "now">,
  { id, quota }: Pick<Destination, "id" | "quota">,
  events: number,
): number | undefined {
  const minutes = (holder[KEY] ??= new WeakMap());
  const ms = now().getTime();
  const minute = Math.floor(ms / MINUTE_MS);
  let current = minutes.get(sql);
  if (current?.minute !== minute) minutes.set(sql, (current = { minute, counts: new Map() }));
  const taken = current.counts.get(id) ?? 0;
  if (taken + events > (quota ?? DEFAULT_QUOTA)) return Math.max(1, Math.ceil(((minute + 1) * MINUTE_MS - ms) / 1_000));
  current.counts.set(id, taken + events);
  return undefined;
}
