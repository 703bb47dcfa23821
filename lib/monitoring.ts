/** The service in a few functions: what a program that embeds this product calls. */
export { getMetrics, getMetricsMany } from "./metrics/get-metrics";
export { detectAnomalies } from "./metrics/anomalies/detect-anomalies";
export { recordMetric } from "./metrics/record-metric";
export { runHealthChecks } from "./checks/run-health-checks";
