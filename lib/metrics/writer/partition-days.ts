import type { Pool } from "pg";
import { listPartitions, spanOfPartition } from "@/lib/db/partitions";

const DAY_MS = 86_400_000;
/** A day that is not known is looked for at most so often. */
const REFRESH_MS = 5_000;

/** The UTC days that rows of a table can be stored in. */
export interface PartitionDays {
  /** @param ms since 1970 */
  has: (ms: number) => boolean;
  /** Asks the database again. @param force also when it was asked just now */
  refresh: (force?: boolean) => Promise<void>;
  /** "from 2026-10-26 to 2026-11-28" */
  span: () => string;
}

/** What this process knows about the days that have partitions: they are made and dropped by a worker. */
export function createPartitionDays(sql: Pool, table = "system_metrics"): PartitionDays {
  let days = new Set<number>();
  let askedAt = Number.NEGATIVE_INFINITY;
  return {
    has: (ms) => days.has(Math.floor(ms / DAY_MS)),
    refresh: async (force = false) => {
      if (!force && performance.now() - askedAt < REFRESH_MS) return;
      const partitions = await listPartitions(sql, [table]);
      days = new Set(partitions.map(({ name }) => (spanOfPartition(name)?.from.getTime() ?? Number.NaN) / DAY_MS));
      askedAt = performance.now();
    },
    span: () => {
      if (days.size === 0) return "nowhere: there is no partition";
      return `from ${isoDay(Math.min(...days))} to ${isoDay(Math.max(...days))}`;
    },
  };
}

const isoDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
