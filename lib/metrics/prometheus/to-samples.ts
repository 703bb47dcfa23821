import type { Histogram, HistogramBucket, Labels, Sample } from "../sample";
import type { ExposedSample, Family } from "./exposition";

interface Origin {
  /** When it was read; a sample's own time wins. */
  at: Date;
  /** Put on each series. A label of the target's own with such a name is kept as `exported_…`, as Prometheus does. */
  labels: Readonly<Record<string, string>>;
}

/**
 * What a target exposes as samples of ours: counters stay cumulative, a histogram becomes a distribution a label set, a
 * summary gauges (label quantile) and two counters. NaN says that there is no value, so there is no sample either.
 */
export function toSamples(families: readonly Family[], origin: Origin): Sample[] {
  return families.flatMap((family) => {
    if (family.type === "histogram") return histogramSamples(family, origin);
    const created = createdTimes(family);
    return family.samples.flatMap((sample): Sample[] => {
      if (Number.isNaN(sample.value) || isCreated(family, sample)) return [];
      if (family.type === "gaugehistogram" && sample.name.endsWith("_bucket")) return [];
      const isCounter = family.type === "counter" || (family.type === "summary" && sample.name !== family.name);
      const startedAt = isCounter ? created.get(keyOf(sample.labels)) : undefined;
      return [
        {
          kind: isCounter ? "counter" : "gauge",
          name: sample.name,
          unit: isCounter && sample.name.endsWith("_count") ? "count" : unitOf(family),
          metadata: labelsOf(sample.labels, origin),
          recordedAt: timeOf(sample, origin),
          value: sample.value,
          ...(startedAt && { startedAt }),
        },
      ];
    });
  });
}

function histogramSamples(family: Family, origin: Origin): Sample[] {
  const byLabels = new Map<string, ExposedSample[]>();
  for (const sample of family.samples) {
    const key = keyOf(withoutBound(sample.labels));
    const group = byLabels.get(key);
    if (group) group.push(sample);
    else byLabels.set(key, [sample]);
  }
  const created = createdTimes(family);
  return [...byLabels].flatMap(([key, samples]): Sample[] => {
    const [first] = samples;
    const histogram = histogramOf(family.name, samples);
    if (!first || !histogram) return [];
    const startedAt = created.get(key);
    return [
      {
        kind: "distribution",
        name: family.name,
        unit: unitOf(family),
        metadata: labelsOf(withoutBound(first.labels), origin),
        recordedAt: timeOf(first, origin),
        temporality: "cumulative",
        histogram,
        ...(startedAt && { startedAt }),
      },
    ];
  });
}

/** Cumulative counts by upper bound (`le`) become counts by range. @returns undefined where the counts make no histogram */
function histogramOf(name: string, samples: readonly ExposedSample[]): Histogram | undefined {
  const valueOf = (suffix: string) => samples.find((sample) => sample.name === name + suffix)?.value;
  const bounds = samples
    .filter((sample) => sample.name === `${name}_bucket`)
    .map(({ labels, value }) => ({ upper: boundOf(labels["le"]), value }))
    .filter(({ upper, value }) => !Number.isNaN(upper) && Number.isInteger(value))
    .sort((a, b) => a.upper - b.upper);
  if (bounds.length === 0) return undefined;
  const buckets: HistogramBucket[] = [];
  let lower = bounds[0] && bounds[0].upper > 0 ? 0 : Number.NEGATIVE_INFINITY;
  let before = 0;
  for (const { upper, value } of bounds) {
    if (value > before) buckets.push({ lower, upper, count: value - before });
    lower = upper;
    before = Math.max(before, value);
  }
  const count = valueOf("_count") ?? before;
  if (!Number.isInteger(count) || count < before) return undefined;
  if (count > before) buckets.push({ lower, upper: Number.POSITIVE_INFINITY, count: count - before });
  const sum = valueOf("_sum");
  return { count, buckets, ...(sum !== undefined && Number.isFinite(sum) && { sum }) };
}

const boundOf = (le: string | undefined): number =>
  le === "+Inf" ? Number.POSITIVE_INFINITY : Number(le?.trim() || Number.NaN);

/** `x_created` of a counter x says since when it counts; a gauge may be called so. */
const isCreated = ({ name, type }: Family, sample: ExposedSample): boolean =>
  sample.name === `${name}_created` && ["counter", "histogram", "summary"].includes(type);

/** Seconds since 1970 that a Date can hold. */
const LATEST_SECONDS = 8.64e12;

function createdTimes(family: Family): Map<string, Date> {
  const created = family.samples.filter(
    (sample) => isCreated(family, sample) && sample.value > 0 && sample.value < LATEST_SECONDS,
  );
  return new Map(created.map(({ labels, value }) => [keyOf(labels), new Date(Math.round(value * 1000))]));
}

function withoutBound(labels: Record<string, string>): Record<string, string> {
  const { le: _, ...others } = labels;
  return others;
}

const keyOf = (labels: Record<string, string>): string => JSON.stringify(Object.entries(labels).sort());

function timeOf({ timestampMs }: ExposedSample, { at }: Origin): Date {
  return timestampMs === undefined ? at : new Date(Math.round(timestampMs));
}

/** A label without a value is the same as none. */
function labelsOf(labels: Readonly<Record<string, string>>, origin: Origin): Labels {
  const own = Object.entries(labels)
    .filter(([, value]) => value !== "")
    .map(([name, value]): [string, string] => [Object.hasOwn(origin.labels, name) ? `exported_${name}` : name, value]);
  return Object.fromEntries([...own, ...Object.entries(origin.labels)]);
}

/** By the naming rules of Prometheus the unit stands at the end of the name. */
const UNIT_SUFFIXES: readonly (readonly [RegExp, string])[] = [
  [/_(milliseconds|ms)$/, "ms"],
  [/_seconds$/, "seconds"],
  [/_bytes$/, "bytes"],
  [/_percent$/, "percent"],
  [/_ratio$/, "ratio"],
  [/_celsius$/, "celsius"],
];

function unitOf({ name, unit, type }: Family): string {
  if (unit !== "") return unit;
  const stem = name.replace(/_total$/, "");
  const known = UNIT_SUFFIXES.find(([suffix]) => suffix.test(stem))?.[1];
  return known ?? (type === "counter" ? "count" : "");
}
