import type { ReadContext } from "../define-source";
import { fits } from "../matchers";
import { groupBy } from "@/lib/core/group-by";
import { quantileFor, type Aggregate } from "@/lib/metrics/query/aggregates";
import type { Matcher } from "@/lib/metrics/query/matchers";
import type { MetricKind } from "@/lib/metrics/sample";
import { decodeSketch } from "@/lib/metrics/sketch-bytes";
import { mergeSketches, quantileOf, type Sketch } from "@/lib/metrics/sketch";

/** What of a metric is wanted over the last so many seconds. */
export interface WantedValue {
  name: string;
  matchers: readonly Matcher[];
  agg: Aggregate;
  windowSeconds: number;
  /** Puts series with the same values of these labels together; undefined: each for itself. */
  by: readonly string[] | undefined;
}

/** One series, or one group of them. */
export interface MetricValue {
  key: string;
  labels: Readonly<Record<string, string>>;
  unit: string;
  /** null: no sample in the window. */
  value: number | null;
}

export interface SeriesRow {
  id: number;
  name: string;
  unit: string;
  kind: MetricKind;
  labels: Readonly<Record<string, string>>;
}

interface Stats {
  n: number;
  sum: number;
  min: number;
  max: number;
  last: number;
  increase: number;
  values: number[] | null;
  sketches: Sketch[];
}

/** All series of these names, with their labels as texts. */
export async function readSeries({ sql }: Pick<ReadContext, "sql">, names: readonly string[]): Promise<SeriesRow[]> {
  const { rows } = await sql.query<Omit<SeriesRow, "labels"> & { metadata: Record<string, unknown> }>({
    name: "alerting-series",
    text: "SELECT id, name, unit, kind, metadata FROM metric_series WHERE name = ANY($1) ORDER BY id",
    values: [[...new Set(names)]],
  });
  return rows.map(({ metadata, ...row }) => ({
    ...row,
    labels: Object.fromEntries(Object.entries(metadata).map(([label, value]) => [label, String(value)])),
  }));
}

/**
 * Finds the series of a metric that fit matchers. Series are looked up by one equality where there is one, so that ten
 * thousand rules of one metric don't look at ten thousand series each.
 */
export function indexSeries(rows: readonly SeriesRow[]): (name: string, matchers: readonly Matcher[]) => SeriesRow[] {
  const byName = groupBy(rows, ({ name }) => name);
  const byLabel = new Map<string, Map<string, SeriesRow[]>>();
  const lookUp = (name: string, label: string): Map<string, SeriesRow[]> => {
    const key = `${name}\n${label}`;
    const known = byLabel.get(key) ?? groupBy(byName.get(name) ?? [], ({ labels }) => labels[label] ?? "");
    byLabel.set(key, known);
    return known;
  };
  return (name, matchers) => {
    const equal = matchers.find(({ op }) => op === "=");
    const candidates = equal ? lookUp(name, equal.label).get(equal.value) : byName.get(name);
    return (candidates ?? []).filter(({ labels }) => fits(labels, matchers));
  };
}

/**
 * Values of many metrics over their last seconds, by one statement for all series and one for each length of window.
 * @returns for each wanted its series or groups, in its order
 */
export async function readMetricValues(context: ReadContext, wanted: readonly WantedValue[]): Promise<MetricValue[][]> {
  if (wanted.length === 0) return [];
  const find = indexSeries(
    await readSeries(
      context,
      wanted.map(({ name }) => name),
    ),
  );
  const found = wanted.map(({ name, matchers }) => preferDistributions(find(name, matchers)));
  const windows = new Set(wanted.map(({ windowSeconds }) => windowSeconds));
  const stats = new Map<number, Map<number, Stats>>();
  for (const window of windows) {
    const of = wanted.flatMap(({ windowSeconds, agg }, index) =>
      windowSeconds === window ? (found[index] ?? []).map((series) => ({ series, agg })) : [],
    );
    stats.set(window, await readWindow(context, window, of));
  }
  return wanted.map(({ agg, windowSeconds, by }, index) => {
    const groups = groupBy(found[index] ?? [], ({ labels }) => groupKey(by ? picked(labels, by) : labels));
    return [...groups].map(([key, series]): MetricValue => {
      const [first] = series;
      const labels = first?.labels ?? {};
      const known = series.flatMap(({ id }) => stats.get(windowSeconds)?.get(id) ?? []);
      return {
        key,
        labels: by ? picked(labels, by) : labels,
        unit: first?.unit ?? "",
        value: valueOf(agg, known, windowSeconds),
      };
    });
  });
}

/** Where a metric is sent as a distribution, that is the whole truth; what stands beside it are quantiles of parts. */
function preferDistributions(series: SeriesRow[]): SeriesRow[] {
  const distributions = series.filter(({ kind }) => kind === "distribution");
  return distributions.length > 0 ? distributions : series;
}

const picked = (labels: Readonly<Record<string, string>>, by: readonly string[]) =>
  Object.fromEntries(by.map((label) => [label, labels[label] ?? ""]));

/** Labels as one text, whatever their order. Pure. */
export const groupKey = (labels: Readonly<Record<string, string>>): string =>
  Object.keys(labels)
    .toSorted()
    .map((label) => `${label}=${labels[label]}`)
    .join(",");

async function readWindow(
  { sql, now }: ReadContext,
  windowSeconds: number,
  wanted: readonly { series: SeriesRow; agg: Aggregate }[],
): Promise<Map<number, Stats>> {
  const to = now();
  const from = new Date(to.getTime() - windowSeconds * 1000);
  const plain = new Set<number>();
  const kept = new Set<number>();
  const distributions = new Set<number>();
  for (const { series, agg } of wanted) {
    if (series.kind === "distribution") distributions.add(series.id);
    else if (quantileFor(agg) === undefined && agg !== "rate" && agg !== "last") plain.add(series.id);
    else kept.add(series.id);
  }
  for (const id of kept) plain.delete(id);
  const stats = new Map<number, Stats>();
  if (plain.size > 0) {
    const { rows } = await sql.query<{ id: number; n: number; sum: number; min: number; max: number }>(
      `SELECT series_id AS id, count(*)::int AS n, sum(value) AS sum, min(value) AS min, max(value) AS max FROM system_metrics
       WHERE series_id = ANY($1) AND recorded_at > $2 AND recorded_at <= $3 GROUP BY series_id`,
      [[...plain], from, to],
    );
    for (const { id, ...row } of rows) stats.set(id, { ...row, last: 0, increase: 0, values: null, sketches: [] });
  }
  if (kept.size > 0) {
    const { rows } = await sql.query<{ id: number; values: number[] }>(
      `SELECT series_id AS id, array_agg(value ORDER BY recorded_at) AS values FROM system_metrics
       WHERE series_id = ANY($1) AND recorded_at > $2 AND recorded_at <= $3 GROUP BY series_id`,
      [[...kept], from, to],
    );
    for (const { id, values } of rows) stats.set(id, statsOf(values));
  }
  if (distributions.size > 0) {
    const { rows } = await sql.query<Pick<Stats, "n" | "sum" | "min" | "max"> & { id: number; sketches: Buffer[] }>(
      `SELECT series_id AS id, sum(count)::float8 AS n, sum(sum) AS sum, min(min) AS min, max(max) AS max, array_agg(sketch) AS sketches
       FROM metric_distributions WHERE series_id = ANY($1) AND recorded_at > $2 AND recorded_at <= $3 AND count > 0 GROUP BY series_id`,
      [[...distributions], from, to],
    );
    for (const { id, sketches, ...row } of rows) {
      const merged = mergeSketches(...sketches.map((bytes) => decodeSketch(bytes)));
      stats.set(id, { ...row, last: row.sum / row.n, increase: row.n, values: null, sketches: [merged] });
    }
  }
  return stats;
}

function statsOf(values: number[]): Stats {
  let increase = 0;
  for (let index = 1; index < values.length; index += 1) {
    const [before = 0, value = 0] = [values[index - 1], values[index]];
    // A counter that fell was reset: it began again at zero.
    increase += value >= before ? value - before : value;
  }
  return {
    n: values.length,
    sum: values.reduce((sum, value) => sum + value, 0),
    min: Math.min(...values),
    max: Math.max(...values),
    last: values.at(-1) ?? 0,
    increase,
    values,
    sketches: [],
  };
}

/** One value of the series of a group; null: none has a sample. Pure. */
function valueOf(agg: Aggregate, all: readonly Stats[], windowSeconds: number): number | null {
  const known = all.filter(({ n }) => n > 0);
  if (known.length === 0) return null;
  const total = (pick: (stats: Stats) => number) => known.reduce((sum, stats) => sum + pick(stats), 0);
  const quantile = quantileFor(agg);
  if (quantile !== undefined) return quantileOfAll(known, quantile);
  switch (agg) {
    case "min":
      return Math.min(...known.map(({ min }) => min));
    case "max":
      return Math.max(...known.map(({ max }) => max));
    case "sum":
      return total(({ sum }) => sum);
    case "count":
      return total(({ n }) => n);
    case "last":
      return Math.max(...known.map(({ last }) => last));
    case "rate":
      return total(({ increase }) => increase) / windowSeconds;
    default:
      return total(({ sum }) => sum) / total(({ n }) => n);
  }
}

function quantileOfAll(known: readonly Stats[], quantile: number): number | null {
  const sketches = known.flatMap((stats) => stats.sketches);
  if (sketches.length > 0) return quantileOf(mergeSketches(...sketches), quantile);
  const values = known.flatMap((stats) => stats.values ?? []).toSorted((a, b) => a - b);
  return values[Math.max(0, Math.ceil(quantile * values.length) - 1)] ?? null;
}
