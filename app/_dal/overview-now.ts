import "server-only";
import type { Context } from "@/lib/core/context";
import { getMetricsMany, type MetricResult } from "@/lib/metrics/get-metrics";

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

const WINDOW_MS = 300_000;
const NAMES = ["queue_size", "queue_failed", "queue_oldest", "queue_throughput", "disk_usage", "disk_free"] as const;

export interface Now {
  queue: QueueNow;
  disks: DiskNow[];
}

/** The newest samples of the queue and the disks at `to`: two statements. */
export async function readNow(context: Context, to: Date): Promise<Now> {
  const metrics = NAMES.map((name) => ({ name, agg: "last" as const }));
  const [pending, failed, oldest, throughput, usage, free] = await getMetricsMany(context, {
    from: new Date(to.getTime() - WINDOW_MS),
    to,
    step: 60,
    metrics,
  });
  const freeByPath = new Map(newestByPath(free));
  return {
    queue: {
      pending: newest(pending),
      failed: newest(failed),
      oldestMs: newest(oldest),
      perSecond: newest(throughput),
    },
    disks: newestByPath(usage).map(([path, usedPercent]) => ({
      path,
      usedPercent,
      freeBytes: freeByPath.get(path) ?? null,
    })),
  };
}

type Points = MetricResult["series"][number]["points"];
const last = (points: Points) => points.findLast(({ value }) => value !== null)?.value ?? null;

function newest(result: MetricResult | undefined): number | null {
  return last(result?.series.flatMap(({ points }) => points) ?? []);
}

function newestByPath(result: MetricResult | undefined): [path: string, value: number][] {
  return (result?.series ?? []).flatMap(({ metadata, points }) => {
    const value = last(points);
    return value === null ? [] : [[String(metadata["path"] ?? "/"), value]];
  });
}
