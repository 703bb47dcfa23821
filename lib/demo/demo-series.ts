import type { Recorder } from "@/lib/metrics/define-recorder";
import * as recorders from "@/lib/metrics/recorders";
import { scopeLabels } from "@/lib/metrics/run-recorders";
import type { Labels } from "@/lib/metrics/sample";
import { DEMO_PROJECTS } from "./errors";

/** How a series of the demo runs over time, in its own unit; what is left out is 0. */
export interface Shape {
  base: number;
  /** On top at the busiest hour of a working day; less on weekends. */
  daily?: number;
  /** Random from minute to minute. */
  noise?: number;
  /** Slow ups and downs over hours. */
  wander?: number;
  /** Grows by so much a day. */
  trend?: number;
  /** Rises by so much over a quarter of an hour and falls back: garbage collection. */
  saw?: number;
  /** At most so much, about once in five hours. */
  spike?: number;
  max?: number;
  /** Whole numbers only. */
  whole?: boolean;
}

export interface DemoSeries extends Shape {
  name: string;
  unit: string;
  metadata: Labels;
}

const MB = 1e6;
const GB = 1e9;
const percent = { max: 100 };

/** Nothing happens but for what happens (seed-errors.ts). */
const errorEvents = DEMO_PROJECTS.flatMap(({ name, errors }) => {
  const levels = new Set(["error", ...errors.map(({ level = "error" }) => level)]);
  return [...levels].map((level): readonly [Labels, Shape] => [
    { project: name, level },
    { base: 0, whole: true },
  ]);
});

/** By metric: the labels besides those of the scope, and the shape. */
const SHAPES: Readonly<Record<string, readonly (readonly [Labels, Shape])[]>> = {
  cpu_usage: [[{}, { base: 9, daily: 34, noise: 5, wander: 4, spike: 30, ...percent }]],
  memory_usage: [[{}, { base: 51, daily: 9, noise: 0.4, wander: 2.5, ...percent }]],
  memory_used: [[{}, { base: 8.2 * GB, daily: 1.4 * GB, noise: 60 * MB, wander: 400 * MB }]],
  load_average: [
    [{ period: "1m" }, { base: 0.3, daily: 1.3, noise: 0.25, wander: 0.2, spike: 1.5 }],
    [{ period: "5m" }, { base: 0.3, daily: 1.3, noise: 0.08, wander: 0.2 }],
    [{ period: "15m" }, { base: 0.3, daily: 1.25, noise: 0.03, wander: 0.15 }],
  ],
  disk_usage: [[{ path: "/" }, { base: 48, trend: 0.22, noise: 0.02, wander: 0.3, ...percent }]],
  disk_free: [[{ path: "/" }, { base: 132 * GB, trend: -0.56 * GB, noise: 20 * MB }]],
  network_in: [[{}, { base: 0.4 * MB, daily: 2.6 * MB, noise: 0.3 * MB, wander: 0.3 * MB, spike: 4 * MB }]],
  network_out: [[{}, { base: 0.9 * MB, daily: 7.5 * MB, noise: 0.8 * MB, wander: 0.8 * MB, spike: 9 * MB }]],
  response_time: [
    [{ quantile: "p50" }, { base: 31, daily: 19, noise: 2.5, wander: 3 }],
    [{ quantile: "p95" }, { base: 118, daily: 76, noise: 12, wander: 12, spike: 90 }],
    [{ quantile: "p99" }, { base: 290, daily: 170, noise: 45, wander: 25, spike: 420 }],
  ],
  request_rate: [[{}, { base: 4, daily: 46, noise: 4, wander: 4, spike: 25 }]],
  error_rate: [[{}, { base: 0.12, daily: 0.15, noise: 0.15, spike: 1.4, ...percent }]],
  event_loop_delay: [[{ quantile: "p99" }, { base: 1.2, daily: 2.4, noise: 0.5, spike: 22 }]],
  process_rss: [[{}, { base: 142 * MB, daily: 26 * MB, noise: 2 * MB, wander: 9 * MB, saw: 8 * MB }]],
  process_heap_used: [[{}, { base: 52 * MB, daily: 14 * MB, noise: 3 * MB, wander: 4 * MB, saw: 26 * MB }]],
  database_connections: [[{}, { base: 8, daily: 9, noise: 1.5, whole: true }]],
  database_size: [[{}, { base: 0.9 * GB, trend: 21 * MB, noise: 0.2 * MB }]],
  database_cache_hit_ratio: [[{}, { base: 99.4, daily: -0.5, noise: 0.15, wander: 0.2, ...percent }]],
  database_transactions: [[{}, { base: 14, daily: 88, noise: 7, wander: 7 }]],
  queue_size: [[{}, { base: 0, daily: 9, noise: 3, spike: 46, whole: true }]],
  queue_failed: [[{}, { base: 1, daily: 2, noise: 0.6, wander: 1, whole: true }]],
  queue_oldest: [[{}, { base: 0, daily: 900, noise: 500, spike: 14_000 }]],
  error_events: errorEvents,
  queue_throughput: [[{}, { base: 0.15, daily: 1.9, noise: 0.15 }]],
};

/** The demo's series: every metric that the product records about itself, but for the counters that rates are taken from. */
export function demoSeries(): DemoSeries[] {
  return Object.values<Recorder>(recorders).flatMap((recorder) =>
    Object.entries(recorder.metrics)
      .filter(([name]) => !name.endsWith("_total"))
      .flatMap(([name, { unit }]) =>
        (SHAPES[name] ?? []).flatMap(([labels, shape]) =>
          labelSets(recorder, name).map((scope) => ({ name, unit, metadata: { ...scope, ...labels }, ...shape })),
        ),
      ),
  );
}

/** Both processes have their own; requests come to the web process alone. */
function labelSets(recorder: Recorder, name: string): Labels[] {
  const both = recorder.scope === "process" && !(name in recorders.requests.metrics);
  return (both ? (["web", "worker"] as const) : (["web"] as const)).map((process) =>
    scopeLabels(recorder, { process }),
  );
}
