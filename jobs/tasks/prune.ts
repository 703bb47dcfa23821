import { pruneJobs } from "@/lib/jobs/prune";
import type { Task } from "../define-task";

/** Deletes old job runs and the rows of workers that are gone. */
export const prune: Task = async ({ sql, log }) => {
  const { runs, workers } = await pruneJobs(sql);
  if (runs + workers > 0) log.info({ runs, workers }, "old job runs and workers deleted");
};
