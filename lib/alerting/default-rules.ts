import type { MonitoringConfig } from "@/lib/config";

type FileRule = MonitoringConfig["rules"][string];

/** What a rule leaves out. */
const rule = (given: Pick<FileRule, "label" | "source" | "config" | "severity"> & Partial<FileRule>): FileRule => ({
  forSeconds: 0,
  keepFiringSeconds: 0,
  channels: [],
  labels: {},
  ...given,
});

/** The rules that follow from the checks and thresholds of monitoring.config.ts; one of its own of the same key takes the place. Pure. */
export function defaultRules({ thresholds }: Pick<MonitoringConfig, "thresholds">): Record<string, FileRule> {
  const diskLimit = 100 - thresholds.diskRemainingPercent;
  return {
    "check-failing": rule({
      label: "Health check failing",
      source: "check-state",
      config: {},
      severity: "critical",
    }),
    "error-rate": rule({
      label: `Error rate above ${thresholds.errorRatePercent} %`,
      source: "error-rate",
      config: { limitPercent: thresholds.errorRatePercent, windowSeconds: 300 },
      severity: "critical",
      forSeconds: 60,
    }),
    "response-time": rule({
      label: `Response time above ${thresholds.responseTimeMs} ms`,
      source: "metric",
      config: {
        metric: "response_time",
        agg: "p95",
        windowSeconds: 300,
        threshold: thresholds.responseTimeMs,
        together: true,
      },
      severity: "warning",
      forSeconds: 60,
    }),
    memory: rule({
      label: `Memory above ${thresholds.memoryPercent} %`,
      source: "metric",
      config: { metric: "memory_usage", windowSeconds: 300, threshold: thresholds.memoryPercent },
      severity: "warning",
      forSeconds: 60,
    }),
    "disk-remaining": rule({
      label: `Disk with less than ${thresholds.diskRemainingPercent} % left`,
      source: "metric",
      config: { metric: "disk_usage", agg: "last", windowSeconds: 300, threshold: diskLimit },
      severity: "critical",
      forSeconds: 60,
    }),
    "new-error": rule({
      label: "New error",
      source: "error-group",
      config: {},
      severity: "warning",
    }),
    "worker-silent": rule({
      label: "Worker silent",
      source: "worker-silent",
      config: {},
      severity: "critical",
    }),
    "action-items": rule({
      label: "Action item past its date",
      source: "action-item",
      config: {},
      severity: "info",
      opensIncident: false,
      // One reminder a day.
      cooldownSeconds: 86_400,
    }),
  };
}
