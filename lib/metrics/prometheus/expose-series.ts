import type { Context } from "@/lib/core/context";
import { findOwnMetric } from "../metric-names";
import type { Labels, MetricKind } from "../sample";
import { decodeSketch } from "../sketch-bytes";
import { quantileOf } from "../sketch";
import { type ExposedFamily, labelName, metricName } from "./write-text";

/** A series that was silent for longer is not exposed: what it had is no longer so. */
const FRESH = "5 minutes";
/** Most series of one answer. */
const MAX_SERIES = 50_000;

interface LatestRow {
  name: string;
  unit: string;
  kind: MetricKind;
  metadata: Labels;
  at: Date;
  value: number | null;
  sketch: Buffer | null;
}

const READ = `
  SELECT s.name, s.unit, s.kind::text AS kind, s.metadata, coalesce(m.recorded_at, d.recorded_at) AS at, m.value, d.sketch
  FROM metric_series s
  LEFT JOIN LATERAL (
    SELECT recorded_at, value FROM system_metrics
    WHERE series_id = s.id AND recorded_at > $1::timestamptz - interval '${FRESH}' AND recorded_at <= $1::timestamptz
    ORDER BY recorded_at DESC LIMIT 1
  ) m ON s.kind <> 'distribution'
  LEFT JOIN LATERAL (
    SELECT recorded_at, sketch FROM metric_distributions
    WHERE series_id = s.id AND recorded_at > $1::timestamptz - interval '${FRESH}' AND recorded_at <= $1::timestamptz
    ORDER BY recorded_at DESC LIMIT 1
  ) d ON s.kind = 'distribution'
  WHERE coalesce(m.recorded_at, d.recorded_at) IS NOT NULL
  ORDER BY s.name, s.id LIMIT $2`;

/**
 * The newest sample of every series that has a fresh one, a family for each name and unit, and whether that is all of them.
 * @param maxSeries what is more is left out
 */
export async function exposeSeries(
  context: Pick<Context, "sql" | "now">,
  maxSeries = MAX_SERIES,
): Promise<ExposedFamily[]> {
  const values = [context.now(), maxSeries + 1];
  const { rows } = await context.sql.query<LatestRow>({ name: "latest-samples", text: READ, values });
  const families = new Map<string, ExposedFamily>();
  for (const row of rows.slice(0, maxSeries)) {
    for (const { suffix, value } of valuesOf(row)) {
      const { unit, scale } = exposedUnit(row.unit);
      const name = nameOf(row, suffix, unit);
      const family = families.get(name) ?? {
        name,
        type: row.kind === "counter" ? "counter" : "gauge",
        help: helpOf(row, suffix),
        unit,
        samples: [],
      };
      families.set(name, family);
      family.samples.push({ labels: labelsOf(row.metadata), value: value * scale, timestampMs: row.at.getTime() });
    }
  }
  return [isCut(rows.length > maxSeries, maxSeries), ...families.values()];
}

const isCut = (cut: boolean, maxSeries: number): ExposedFamily => ({
  name: "watchkeeper_exposition_cut",
  type: "gauge",
  help: `1 when more than ${maxSeries.toLocaleString("en")} series have a fresh sample: those after them by name are left out here.`,
  samples: [{ labels: {}, value: cut ? 1 : 0 }],
});

/** A distribution's newest sample stands for a short time, not for all time: its quantiles are levels, as gauges are. */
function valuesOf({ value, sketch }: LatestRow): { suffix: string; value: number }[] {
  if (value !== null) return [{ suffix: "", value }];
  if (sketch === null) return [];
  const decoded = decodeSketch(sketch);
  return [0.5, 0.95, 0.99].flatMap((q) => {
    const quantile = quantileOf(decoded, q);
    return quantile === null ? [] : [{ suffix: `_p${Math.round(q * 100)}`, value: quantile }];
  });
}

/** Prometheus has base units: seconds and not milliseconds. */
function exposedUnit(unit: string): { unit: string; scale: number } {
  switch (unit) {
    case "ms":
      return { unit: "seconds", scale: 0.001 };
    case "count":
      return { unit: "", scale: 1 };
    case "%":
      return { unit: "percent", scale: 1 };
    case "1":
      return { unit: "", scale: 1 };
    default:
      return { unit: unit.replace(/[^a-zA-Z0-9]+/g, "_").replace(/^_|_$/g, ""), scale: 1 };
  }
}

/** `response_time` in ms, its p95 → `response_time_p95_seconds`; a counter ends in `_total`. */
function nameOf({ name, kind }: LatestRow, suffix: string, unit: string): string {
  const plain = metricName(name).replace(/_total$/, "");
  // Ours alone, so that nobody who may push samples can speak for a check.
  const own = plain.startsWith("watchkeeper_") ? `pushed_${plain}` : plain;
  // The unit stands once, at the end: also where the name had it, or had milliseconds that became seconds.
  const stem =
    unit === "seconds" ? own.replace(/_(seconds|milliseconds|ms)$/, "") : own.replace(new RegExp(`_${unit}$`), "");
  const withUnit = unit === "" ? `${own}${suffix}` : `${stem}${suffix}_${unit}`;
  return kind === "counter" ? `${withUnit}_total` : withUnit;
}

function helpOf({ name }: LatestRow, suffix: string): string {
  const what = findOwnMetric(name)?.description ?? `The newest sample of ${name}.`;
  return suffix === "" ? what : `${what} (${suffix.slice(1)})`;
}

/** `quantile` and `le` belong to summaries and histograms. */
const RESERVED: Readonly<Record<string, string>> = { quantile: "percentile", le: "bound" };

function labelsOf(metadata: Labels): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [RESERVED[name] ?? labelName(name), String(value)]),
  );
}
