import type { Histogram, MetricKind } from "../sample";
import type { Job } from "./group-commit";
import type { SeriesRef } from "./series-ref";

/** A sample that was not stored, and why. */
export interface RejectedSample {
  /** Its place in what was handed in. */
  index: number;
  /** The wrong field, empty when it is the sample as a whole. */
  path: string;
  message: string;
}

/** What became of samples: each was stored, was there before, or was rejected. */
export interface WriteOutcome {
  stored: number;
  /** Series and time were stored before: nothing was changed. */
  duplicates: number;
  rejected: RejectedSample[];
}

/** The samples of one caller on their way into the database. */
export interface SampleJob extends Job {
  outcome: WriteOutcome;
  values: readonly ValueRow[];
  distributions: readonly DistributionRow[];
}

interface RowBase {
  outcome: WriteOutcome;
  index: number;
  series: SeriesRef;
  kind: MetricKind;
  ms: number;
  startedMs: number | undefined;
}

/** A row of system_metrics to be. */
export interface ValueRow extends RowBase {
  value: number;
  /** The 0 at the start of a counter: nobody sent it, so nobody is told of it. */
  implied: boolean;
}

/** A row of metric_distributions to be. */
export interface DistributionRow extends RowBase {
  /** Where the sender counts since the start: the difference to its last point is taken when it is written. */
  cumulative: Histogram | undefined;
  stored: StoredDistribution | undefined;
}

export type ReadyDistribution = DistributionRow & { stored: StoredDistribution };

/** What is stored of a distribution. */
export interface StoredDistribution {
  count: number;
  sum: number;
  min: number;
  max: number;
  sketch: Uint8Array;
}

export function reject(
  { outcome, index }: { outcome: WriteOutcome; index: number },
  path: string,
  message: string,
): void {
  outcome.rejected.push({ index, path, message });
}
