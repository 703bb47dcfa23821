/** What a target exposes, as its text says it. */
export interface Family {
  name: string;
  type: FamilyType;
  /** As OpenMetrics declares it; "" where it does not. */
  unit: string;
  samples: ExposedSample[];
}

export const FAMILY_TYPES = [
  "counter",
  "gauge",
  "histogram",
  "gaugehistogram",
  "summary",
  "info",
  "stateset",
  "unknown",
] as const;
export type FamilyType = (typeof FAMILY_TYPES)[number];

export interface ExposedSample {
  /** The whole name: of a histogram `x_bucket`, of an OpenMetrics counter `x_total`. */
  name: string;
  labels: Record<string, string>;
  value: number;
  /** Milliseconds since 1970, where the target says so. */
  timestampMs?: number;
}

/** A line that could not be read. */
export interface LineProblem {
  line: number;
  message: string;
}

export interface Exposition {
  families: Family[];
  problems: LineProblem[];
  samples: number;
  /** It said that it is complete, as OpenMetrics does. */
  ended: boolean;
}
