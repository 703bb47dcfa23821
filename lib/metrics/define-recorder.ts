import type { Pool } from "pg";
import type { Env } from "@/lib/env";
import type { RequestStats } from "./request-stats";
import type { Histogram, Labels } from "./sample";

export type Unit = "percent" | "ms" | "bytes" | "bytes_per_second" | "per_second" | "count";

/** What a metric is, for titles, the explorer and the docs. */
export interface MetricInfo {
  unit: Unit;
  title: string;
  description: string;
}

/** What a recorder read: a value, or how many values were spread. The sampler adds the unit, the time, and the labels of the recorder's scope. */
export type Reading<Name extends string = string> = { name: Name; metadata?: Labels } & (
  { value: number; histogram?: undefined } | { value?: undefined; histogram: Histogram }
);

/**
 * - `host`: the same on every process of a machine; each process reads it, one value is stored (label host)
 * - `process`: each process's own (labels host, process)
 * - `cluster`: the same from wherever it is read; one worker reads it
 */
export type RecorderScope = "host" | "process" | "cluster";

/** What a recorder may use. */
export interface RecorderContext {
  sql: Pool;
  env: Env;
  process: ProcessName;
  /** The requests of this process, where it answers any. */
  requestStats?: RequestStats;
}

export type ProcessName = "web" | "worker";

/** A recorder at work: it keeps what it needs from one reading to the next, for what is a difference of two. */
export interface Recording<Name extends string = string> {
  /** Reads now. What can't be known here and now is left out: a gap is right, a guess is not. */
  record: (slot: Date) => Promise<Reading<Name>[]> | Reading<Name>[];
  stop?: () => void;
}

/** A recorder as the registry sees it. */
export interface Recorder {
  label: string;
  scope: RecorderScope;
  metrics: Readonly<Record<string, MetricInfo>>;
  start: (context: RecorderContext) => Recording;
}

/** Defines a recorder: one file in lib/metrics/recorders, one line in its index, one test beside it. */
export function defineRecorder<Name extends string>(definition: {
  label: string;
  scope: RecorderScope;
  metrics: Record<Name, MetricInfo>;
  start: (context: RecorderContext) => Recording<NoInfer<Name>>;
}): Recorder {
  return definition;
}
