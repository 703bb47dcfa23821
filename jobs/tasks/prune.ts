import { pruneAlerts } from "@/lib/alerting/prune-alerts";
import { pruneJobs } from "@/lib/jobs/prune";
import type { Task } from "../define-task";

/** Deletes old job runs, the rows of workers that are gone, and alerts that were over for as long as results are kept. */
export const prune: Task = async ({ sql, log, now, config }) => {
  const { runs, workers } = await pruneJobs(sql);
  const alerts = await pruneAlerts(sql, now(), config.retentionDays);
  if (runs + workers + alerts > 0) log.info({ runs, workers, alerts }, "old job runs, workers and alerts deleted");
};
