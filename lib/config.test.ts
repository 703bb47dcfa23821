import { expect, test } from "vitest";
import monitoring from "@/monitoring.config";
import { type MonitoringConfigInput, defineConfig } from "./config";

const plain: MonitoringConfigInput = {
  checks: { website: { type: "http", label: "Website", config: { url: "https://shop.example/" } } },
  thresholds: { errorRatePercent: 5, responseTimeMs: 2_000, memoryPercent: 80, diskRemainingPercent: 10 },
  cooldownSeconds: 3_600,
  retentionDays: 30,
  channels: { email: { type: "email" } },
};

test("a check says only what is its own: it runs every 5 minutes, for 4 s, and one failure counts, and it depends on none", () => {
  expect(defineConfig(plain).checks).toEqual({
    website: {
      type: "http",
      label: "Website",
      config: { url: "https://shop.example/" },
      intervalSeconds: 300,
      timeoutSeconds: 4,
      failureThreshold: 1,
      dependsOn: [],
    },
  });
});

test("what is delivered has the thresholds that the product promises", () => {
  expect(monitoring).toMatchObject({
    thresholds: { errorRatePercent: 5, responseTimeMs: 2_000, memoryPercent: 80, diskRemainingPercent: 10 },
    cooldownSeconds: 3_600,
    retentionDays: 30,
  });
  expect(Object.keys(monitoring.checks)).toEqual(["database", "cache", "queue", "disk-space", "schedule"]);
});

test("every wrong field is named in one message", () => {
  const wrong: MonitoringConfigInput = {
    ...plain,
    checks: {
      "Web Site": { type: "schedule", label: "Website" },
      often: { type: "schedule", label: "", intervalSeconds: 1, timeoutSeconds: 1_000 },
    },
    retentionDays: 0,
  };
  const define = () => defineConfig(wrong);
  expect(define).toThrow(/^monitoring\.config\.ts is not right:\n/);
  expect(define).toThrow("  checks.Web Site: ");
  expect(define).toThrow("  checks.often.label: ");
  expect(define).toThrow("  checks.often.intervalSeconds: must be at least 10 seconds");
  expect(define).toThrow("  checks.often.timeoutSeconds: must be at most 300 seconds");
  expect(define).toThrow("  retentionDays: ");
});
