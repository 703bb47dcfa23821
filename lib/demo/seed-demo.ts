import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import { notifyChange } from "@/lib/core/changes";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { makePartitions } from "@/lib/db/partitions";
import { noteChangedSamples } from "@/lib/metrics/rollups/watermarks";
import { vacuumClosedPartitions } from "@/lib/metrics/vacuum-closed";
import { demoOutages } from "./demo-outages";
import { seedAlerts, seedBackups } from "./seed-alerts";
import { seedAnomalies } from "./seed-anomalies";
import { seedChecks } from "./seed-checks";
import { seedErrors } from "./seed-errors";
import { seedIncidents } from "./seed-incidents";
import { seedSamples } from "./seed-samples";
import { seedStatusPage } from "./seed-status-page";

const DAY_MS = 86_400_000;

const input = z.object({
  days: z.int("must be a whole number").min(1, "must be at least 1").max(90, "must be at most 90").default(30),
  /** Where the history ends; the present time where unset. */
  now: z.date().optional(),
  /** Where the product answers, for the demo's checks to watch; where unset, as the environment has it. */
  productUrl: z.url().optional(),
});

export interface DemoSummary {
  series: number;
  samples: number;
  checks: number;
  results: number;
  incidents: number;
  alerts: number;
  components: number;
  errors: number;
  events: number;
  logLines: number;
}

/**
 * Fills in a made-up history to look at: a sample a minute of every metric of the product, eleven checks, results at their
 * intervals, a few outages, 90 days of uptime, incidents, alerts, a status page, four projects with their errors and logs, and
 * what the anomaly detector makes of it; two of the checks fail. Made-up samples and results end where real ones begin. Run again,
 * it replaces what it made before; it never touches anything else.
 * @param onProgress a line for whoever waits
 * @throws Problem conflict when a check of somebody else has the key of one of the demo's, or a project the name
 */
export async function seedDemo(
  context: Context,
  options: z.input<typeof input> = {},
  onProgress: (line: string) => void = () => undefined,
): Promise<DemoSummary> {
  authorize(context.actor, "admin");
  const { days, now = context.now(), productUrl } = parseInput(input, options, "The demo");
  const { sql, db, env } = context;
  const product = new URL(productUrl ?? env.APP_URL ?? `http://${env.HOST}:${env.PORT}`);
  const from = new Date(Math.floor((now.getTime() - days * DAY_MS) / 60_000) * 60_000);
  const range = { from, now };
  const outages = demoOutages(now);
  await makePartitions(sql, from, now);

  onProgress("checks and their results");
  const checks = await seedChecks(context, { ...range, product }, outages, (key) => onProgress(`results of ${key}`));
  const samples = await seedSamples(sql, range, outages, (done, total) =>
    onProgress(`samples: day ${done} of ${total}`),
  );
  const incidents = await seedIncidents(context, now, outages);
  onProgress("errors and logs");
  const errors = await seedErrors(context, range, outages);
  const backups = await seedBackups(sql, now);
  await noteChangedSamples(sql, from, now);
  await seedAnomalies(context, range, (done, total) => onProgress(`what is usual: ${done} of ${total}`));
  const components = await seedStatusPage(context, now);
  const alerts = await seedAlerts(context, range, outages);

  onProgress("tidying up the tables");
  // Today's too, which a worker would leave for tomorrow.
  await vacuumClosedPartitions(sql, new Date(now.getTime() + 2 * DAY_MS));
  await sql.query("ANALYZE health_check_results, health_check_days, error_groups, error_events, log_lines");
  const counts = { ...checks, ...samples, ...errors, samples: samples.samples + backups };
  const summary = { ...counts, incidents, alerts, components };
  await writeAudit(db, context, { action: "demo.seed", subjectType: "demo", after: { days, ...summary } });
  await notifyChange(sql, { topic: "all" });
  return summary;
}
