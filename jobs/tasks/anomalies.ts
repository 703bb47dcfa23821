import { watchSeries } from "@/lib/metrics/anomalies/watch-series";
import type { Task } from "../define-task";

/** Looks for what is odd in the samples that came since the last time. */
export const anomalies: Task = async (context) => {
  await watchSeries(context);
};
