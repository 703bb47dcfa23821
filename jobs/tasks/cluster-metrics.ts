import { recordClusterMetrics } from "@/lib/metrics/record-cluster-metrics";
import type { Task } from "../define-task";

/** A minute that is taken over too late stays a gap: what is read now is not what was then. */
const MAX_LATE_MS = 30_000;

/** Records what is the same from wherever it is read: the database's and the queue's figures. */
export const clusterMetrics: Task = async (context, { slot }) => {
  if (context.now().getTime() - slot.getTime() > MAX_LATE_MS) return;
  await recordClusterMetrics(context, slot);
};
