import type { Task } from "./define-task";
import { alerts } from "./tasks/alerts";
import { anomalies } from "./tasks/anomalies";
import { auditHead } from "./tasks/audit-head";
import { clusterMetrics } from "./tasks/cluster-metrics";
import { incidents } from "./tasks/incidents";
import { partitions } from "./tasks/partitions";
import { prune } from "./tasks/prune";
import { queueHeartbeat } from "./tasks/queue-heartbeat";
import { rollUpMetrics } from "./tasks/roll-up";
import { tick } from "./tasks/tick";

/** One line of the schedule. Times are UTC, so that every worker means the same slot. */
export interface ScheduleLine {
  /** The name in job_runs. */
  task: string;
  cron: string;
  /** So long a dead worker's run waits before another takes it over; renewed while it runs. */
  leaseSeconds: number;
  /** Also run when a worker starts, for the present minute. */
  atStart?: boolean;
  run: Task;
}

/** Every cron line there is. */
export const SCHEDULE: readonly ScheduleLine[] = [
  { task: "partitions", cron: "7 * * * *", leaseSeconds: 60, atStart: true, run: partitions },
  { task: "tick", cron: "* * * * *", leaseSeconds: 15, atStart: true, run: tick },
  { task: "queue-heartbeat", cron: "* * * * *", leaseSeconds: 15, atStart: true, run: queueHeartbeat },
  { task: "cluster-metrics", cron: "* * * * *", leaseSeconds: 15, run: clusterMetrics },
  { task: "roll-up", cron: "* * * * *", leaseSeconds: 60, run: rollUpMetrics },
  { task: "anomalies", cron: "30 */5 * * * *", leaseSeconds: 30, run: anomalies },
  // A few seconds after the minute's samples.
  { task: "alerts", cron: "5 * * * * *", leaseSeconds: 30, atStart: true, run: alerts },
  { task: "incidents", cron: "10 * * * * *", leaseSeconds: 30, run: incidents },
  { task: "audit-head", cron: "40 * * * * *", leaseSeconds: 15, atStart: true, run: auditHead },
  { task: "prune", cron: "23 3 * * *", leaseSeconds: 60, run: prune },
];
