import { defineConfig } from "@/lib/config";

/**
 * What Watchkeeper watches from the start. Edit and restart (`npm start`); checks made in the dashboard live in the
 * database beside these. Every field of every check type is described in docs/checks.md.
 */
export default defineConfig({
  checks: {
    database: { type: "database", label: "Database", intervalSeconds: 60 },
    cache: { type: "cache", label: "Cache", intervalSeconds: 60 },
    queue: { type: "queue", label: "Job queue", intervalSeconds: 60 },
    "disk-space": { type: "disk-space", label: "Disk space", intervalSeconds: 60, config: { path: "/" } },
    schedule: { type: "schedule", label: "Scheduler", intervalSeconds: 60 },
  },
  thresholds: { errorRatePercent: 5, responseTimeMs: 2_000, memoryPercent: 80, diskRemainingPercent: 10 },
  cooldownSeconds: 3_600,
  retentionDays: 30,
  metrics: {
    rollupRetentionDays: { hour: 365, day: 1_826 },
    seriesLimits: { perName: 10_000, perToken: 50_000 },
  },
  // An incident that alerts opened is resolved once all of them have been over for so long.
  incidents: { quietMinutes: 15 },
  channels: { email: { type: "email" }, smtp: { type: "smtp" }, slack: { type: "slack" } },
});
