import type { UsualRange } from "../anomalies/list-judged";
import type { Labels, MetricKind } from "../sample";

/** One line of a chart. Compact on purpose: this crosses to the browser as it is. */
export interface PanelLine {
  label: string;
  metadata: Labels;
  seriesCount: number;
  values: (number | null)[];
  /** What was so long before, under the same times; only where it is compared with. */
  before?: (number | null)[];
  /** What was usual at those times; only of a chart with one line, where the detector knows. */
  usual?: UsualRange;
}

/** What a chart of the explorer shows. */
export interface PanelChart {
  unit: string;
  /** Milliseconds between two points; point `i` of each line stands at `start + i * step`, unless `times` says it. */
  start: number;
  step: number;
  /** Only where buckets are days that are not equally long. */
  times?: number[];
  lines: PanelLine[];
  /** How many lines there are; more than `lines` where there are too many to be told apart. */
  total: number;
  /** Why there is nothing to see, where there is nothing. */
  empty?: string;
  /** What was odd in the series that fit, in the order of time; what somebody expected is left out. */
  anomalies: { at: number; label: string }[];
  /** What else somebody should know of what is shown. */
  notes: string[];
}

/** What came of one panel: its chart, or in a sentence why there is none. */
export type PanelResult = {
  text: string;
  /** What the metric's series are, where it exists: which aggregates make sense. */
  kinds: MetricKind[];
} & ({ chart: PanelChart } | { problem: string });

export interface PanelResults {
  from: number;
  to: number;
  panels: PanelResult[];
}
