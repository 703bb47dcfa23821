/** Something that happened: a band from `from` to `to` (null: still going on; the same: a moment). */
export interface ChartMark {
  kind?: "incident" | "anomaly" | "deploy";
  from: number;
  to: number | null;
  label: string;
  /** Where it can be read about: a page here, or an address elsewhere. */
  href?: string;
  tone: "negative" | "caution" | "info";
}

export interface ChartSeries {
  label: string;
  values: readonly (number | null)[];
  /** The same at an earlier time, under the same places: a paler line. */
  before?: readonly (number | null)[];
  /** What is usual at each point: an area behind the line. For a chart with one series. */
  usual?: UsualBand;
}

/** The lowest and highest that is usual; null where that is not known. */
export interface UsualBand {
  low: readonly (number | null)[];
  high: readonly (number | null)[];
}

/** What a line chart shows. Compact on purpose: this crosses to the browser as it is. */
export interface TimeChartProps {
  title: string;
  /** Of every series: "ms", "percent", "count", "per_second", "bytes", … */
  unit: string;
  /** The axis, in milliseconds since 1970. Charts of one page share it, and the cursor. */
  from: number;
  to: number;
  /** Milliseconds between two points; point `i` of each series stands at `start + i * step`. */
  start: number;
  step: number;
  /** Where each point stands, where they are not evenly apart: days of which one has an hour more. */
  times?: readonly number[];
  /** Six have a colour of their own; more are told apart by their kind of line too. `null` is a gap and stays one. */
  series: readonly ChartSeries[];
  /** What `before` of a series is, e.g. "a week before". */
  beforeLabel?: string;
  /** Drawn as lines across the chart; the axis always reaches them when `values` come near. */
  thresholds?: readonly { value: number; label: string }[];
  marks?: readonly ChartMark[];
  /** Where the axis ends at least, e.g. 100 for percents that should not be magnified. */
  max?: number;
  height?: number;
  /** Said in place of an empty chart. */
  empty?: string;
}
