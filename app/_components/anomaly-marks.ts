import type { ChartMark } from "./chart-types";

/** What was odd, as marks of its chart. */
export const anomalyMarks = (anomalies: readonly { at: number; label: string }[]): ChartMark[] =>
  anomalies.map(({ at, label }) => ({ kind: "anomaly", from: at, to: at, label: `Anomaly: ${label}`, tone: "info" }));
