import "server-only";
import type { Context } from "@/lib/core/context";
import { listLatest } from "@/lib/metrics/list-latest";

/** The queue as it was sampled last; null where a number was not sampled within 5 min. */
export interface QueueNow {
  pending: number | null;
  failed: number | null;
  oldestMs: number | null;
  perSecond: number | null;
}

export interface DiskNow {
  path: string;
  usedPercent: number;
  freeBytes: number | null;
}

const WINDOW_SECONDS = 300;
const NAMES = ["queue_size", "queue_failed", "queue_oldest", "queue_throughput", "disk_usage", "disk_free"] as const;

export interface Now {
  queue: QueueNow;
  disks: DiskNow[];
}

/** The newest samples of the queue and the disks at `to`: one statement. */
export async function readNow(context: Context, to: Date): Promise<Now> {
  const latest = await listLatest(context, { names: NAMES, at: to, withinSeconds: WINDOW_SECONDS });
  const newest = (name: (typeof NAMES)[number]) => latest.find((sample) => sample.name === name)?.value ?? null;
  const byPath = (name: (typeof NAMES)[number]) =>
    latest
      .filter((sample) => sample.name === name)
      .map(({ metadata, value }): [path: string, value: number] => [String(metadata["path"] ?? "/"), value]);
  const free = new Map(byPath("disk_free"));
  return {
    queue: {
      pending: newest("queue_size"),
      failed: newest("queue_failed"),
      oldestMs: newest("queue_oldest"),
      perSecond: newest("queue_throughput"),
    },
    disks: byPath("disk_usage")
      .map(([path, usedPercent]) => ({ path, usedPercent, freeBytes: free.get(path) ?? null }))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
}
