import { beforeEach, expect, test } from "vitest";
import { type MonitoringConfigInput, defineConfig } from "@/lib/config";
import { addCheck } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import { syncFileChecks } from "./sync-file-checks";

const context = await createTestContext();
const { thresholds, cooldownSeconds, retentionDays, channels } = context.config;

function withChecks(checks: MonitoringConfigInput["checks"]) {
  return { ...context, config: defineConfig({ checks, thresholds, cooldownSeconds, retentionDays, channels }) };
}
const rows = () => context.db.healthCheck.findMany({ orderBy: { key: "asc" } });

beforeEach(() => context.sql.query("DELETE FROM health_checks"));

test("new checks come, changed ones change and run at once, unchanged ones keep their slot, gone ones go", async () => {
  context.setNow("2026-11-23T12:00:00Z");
  await syncFileChecks(
    withChecks({
      cache: { type: "cache", label: "Cache", intervalSeconds: 60 },
      disk: { type: "disk-space", label: "Disk", config: { path: "/" } },
      web: { type: "http", label: "Web", config: { url: "https://example.com" } },
    }),
  );
  expect(await rows()).toMatchObject([
    { key: "cache", origin: "file", intervalSeconds: 60, timeoutSeconds: 4, failureThreshold: 1, config: {} },
    { key: "disk", origin: "file", intervalSeconds: 300, config: { path: "/" } },
    { key: "web" },
  ]);
  const slot = new Date("2026-11-23T12:03:00Z");
  await context.db.healthCheck.updateMany({ data: { nextDueAt: slot } });
  context.setNow("2026-11-23T12:01:00Z");
  await syncFileChecks(
    withChecks({
      cache: { type: "cache", label: "Cache", intervalSeconds: 60 },
      disk: { type: "disk-space", label: "Disk", config: { path: "/tmp" } },
    }),
  );
  expect(await rows()).toMatchObject([
    { key: "cache", nextDueAt: slot },
    { key: "disk", config: { path: "/tmp" }, nextDueAt: new Date("2026-11-23T12:01:00Z") },
  ]);
});

test("checks of the dashboard stay, also one whose key the file wants", async () => {
  await addCheck(context, { key: "mine", label: "Mine" });
  await addCheck(context, { key: "cache", label: "Taken" });
  await syncFileChecks(withChecks({ cache: { type: "cache", label: "Cache" } }));
  expect(await rows()).toMatchObject([
    { key: "cache", label: "Taken", origin: "database" },
    { key: "mine", label: "Mine", origin: "database" },
  ]);
});

test("several processes may start at once", async () => {
  await Promise.all(Array.from({ length: 4 }, () => syncFileChecks(context)));
  expect((await rows()).map((row) => row.key)).toEqual(Object.keys(context.config.checks).toSorted());
});
