import type { Sample } from "../sample";
import { checkHistogram, storedDistribution } from "./histogram";
import { type DistributionRow, type SampleJob, type ValueRow, type WriteOutcome, reject } from "./rows";
import type { SeriesRegistry } from "./series-registry";

/** About what a row holds of memory while it waits. */
const ROW_BYTES = 120;

/**
 * Turns samples into rows that hold as little as possible while they wait; what is wrong with a sample by itself is told
 * here. Nothing is awaited: a full queue never holds half of a request.
 * @param createdBy the API token that brings them
 */
export function prepareSamples(
  registry: SeriesRegistry,
  samples: readonly Sample[],
  createdBy: string | null,
): SampleJob {
  const outcome: WriteOutcome = { stored: 0, duplicates: 0, rejected: [] };
  const values: ValueRow[] = [];
  const distributions: DistributionRow[] = [];
  let bytes = 0;
  for (let index = 0; index < samples.length; index += 1) {
    const sample = samples[index];
    if (!sample) continue;
    const item = { outcome, index };
    const ms = sample.recordedAt.getTime();
    if (!Number.isFinite(ms)) {
      reject(item, "recordedAt", "must be a time");
      continue;
    }
    const kind = sample.kind ?? "gauge";
    const series = registry.refer(sample, kind, createdBy);
    if ("message" in series) {
      reject(item, series.path, series.message);
      continue;
    }
    // A start that is no time is none: it must not fail what others write with it.
    const startedAt = sample.startedAt?.getTime();
    const startedMs = Number.isFinite(startedAt) ? startedAt : undefined;
    if (sample.kind !== "distribution") {
      const { value } = sample;
      if (Number.isFinite(value)) values.push({ outcome, index, series, kind, ms, startedMs, value, implied: false });
      else reject(item, "value", `${series.name}: must be a finite number`);
      continue;
    }
    const fault = checkHistogram(sample.histogram);
    if (fault !== undefined) {
      reject(item, "histogram", `${series.name}: ${fault}`);
      continue;
    }
    const cumulative = sample.temporality === "cumulative" ? sample.histogram : undefined;
    const stored = cumulative ? undefined : storedDistribution(sample.histogram);
    bytes += cumulative ? 24 * cumulative.buckets.length : (stored?.sketch.byteLength ?? 0);
    distributions.push({ outcome, index, series, kind, ms, startedMs, cumulative, stored });
  }
  const rows = values.length + distributions.length;
  return { rows, bytes: bytes + ROW_BYTES * rows, outcome, values, distributions };
}
