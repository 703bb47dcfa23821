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
  /** At most six. `null` is a gap and stays one. */
  series: readonly { label: string; values: readonly (number | null)[] }[];
  /** Drawn as lines across the chart; the axis always reaches them when `values` come near. */
  thresholds?: readonly { value: number; label: string }[];
  /** What happened, e.g. incidents: a band from `from` to `to` (null: still going on). */
  marks?: readonly { from: number; to: number | null; label: string; tone: "negative" | "caution" | "info" }[];
  /** Where the axis ends at least, e.g. 100 for percents that should not be magnified. */
  max?: number;
  height?: number;
  /** Said in place of an empty chart. */
  empty?: string;
}
