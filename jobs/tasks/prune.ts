import { pruneAlerts } from "@/lib/alerting/prune-alerts";
import { retentionOf } from "@/lib/config";
import { pruneErrors } from "@/lib/errors/prune-errors";
import { pruneJobs } from "@/lib/jobs/prune";
import type { Task } from "../define-task";

/** Deletes old job runs, the rows of workers that are gone, alerts that were over for as long as results are kept, and what outlives events. */
export const prune: Task = async ({ sql, log, now, config }) => {
  const { runs, workers } = await pruneJobs(sql);
  const alerts = await pruneAlerts(sql, now(), config.retentionDays);
  const { hours, users } = await pruneErrors(sql, now(), retentionOf(config));
  const count = { runs, workers, alerts, errorHours: hours, errorUsers: users };
  if (Object.values(count).some((deleted) => deleted > 0)) log.info(count, "what is old was deleted");
};
