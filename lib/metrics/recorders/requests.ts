import { defineRecorder } from "../define-recorder";

export const requests = defineRecorder({
  label: "Requests",
  scope: "process",
  metrics: {
    response_time: {
      unit: "ms",
      title: "Response time",
      description:
        "How long requests to this product took: all of them as a distribution, and their quantiles (label quantile: p50, p95, p99).",
    },
    request_rate: {
      unit: "per_second",
      title: "Requests",
      description: "Requests that this product answered a second.",
    },
    error_rate: {
      unit: "percent",
      title: "Error rate",
      description: "Requests answered by 500 or above. No requests: no value.",
    },
  },
  start: ({ requestStats }) => ({
    record: () => {
      if (!requestStats) return [];
      const { requests: count, errors, elapsedMs, quantiles, durations } = requestStats.collect();
      if (elapsedMs <= 0) return [];
      const rate = { name: "request_rate" as const, value: (count * 1000) / elapsedMs };
      if (!quantiles || !durations) return [rate];
      return [
        rate,
        { name: "error_rate", value: (100 * errors) / count },
        { name: "response_time", histogram: durations },
        { name: "response_time", value: quantiles.p50, metadata: { quantile: "p50" } },
        { name: "response_time", value: quantiles.p95, metadata: { quantile: "p95" } },
        { name: "response_time", value: quantiles.p99, metadata: { quantile: "p99" } },
      ];
    },
  }),
});
