import { randomUUID } from "node:crypto";
import { createAlertLoop } from "@/lib/alerting/alert-loop";
import { createDelivery } from "@/lib/alerting/delivery/delivery-loop";
import { syncFileAlerting } from "@/lib/alerting/sync-file-alerting";
import { freshenChecks } from "@/lib/checks/freshen-checks";
import { createCheckScheduler } from "@/lib/checks/scheduler";
import { syncFileChecks } from "@/lib/checks/sync-file-checks";
import { SYSTEM } from "@/lib/core/actor";
import { type Changes, notifyChange } from "@/lib/core/changes";
import { type Context, asActor } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";
import { createIncidentLoop } from "@/lib/incidents/automatic/incident-loop";
import { openQueue } from "@/lib/jobs/queue";
import { keepWorkerRow } from "@/lib/jobs/worker-row";
import { createSampler } from "@/lib/metrics/sampler";
import { startCron } from "./cron";
import { SCHEDULE, type ScheduleLine } from "./schedule";

const TASK_GRACE_MS = 5_000;

interface Options {
  /** The schedule. */
  lines?: readonly ScheduleLine[];
  sweepMs?: number;
  /** What other processes tell of; without it new errors are heard of at the next minute. */
  changes?: Pick<Changes, "subscribe">;
}

export interface Worker {
  id: string;
  /** Starts nothing more, waits for what runs, gives back what was not begun. Closes no connections. */
  stop: () => Promise<void>;
}

/**
 * Starts all that the worker process does. Any number of workers share one database.
 * @throws when the database is away: the launcher starts the process again
 */
export async function startWorker(
  base: Context,
  { lines = SCHEDULE, sweepMs, changes }: Options = {},
): Promise<Worker> {
  const context = asActor(base, SYSTEM);
  const id = randomUUID();
  await syncFileChecks(context);
  await syncFileAlerting(context);
  const queue = await openQueue(context);
  const delivery = createDelivery(context, { owner: id });
  const incidents = createIncidentLoop(context);
  const alerts = createAlertLoop(context, delivery.wake, incidents.wake);
  const unsubscribe = changes?.subscribe(({ topic, flip }) => {
    if ((topic === "errors" && flip) || topic === "all") alerts.errorsChanged();
  });
  // First of all: results and samples need their partitions, the first checks need a tick and a heartbeat.
  const cron = await startCron(context, { workerId: id, queue, alerts, lines, sweepMs });
  const endRow = await keepWorkerRow(context, id);
  await freshenChecks(context, id);
  const checks = createCheckScheduler(context, { owner: id, onFlipped: alerts.flipped });
  checks.start();
  delivery.start();
  const sampler = createSampler(context, { process: "worker" });
  sampler.start();
  await notifyChange(context.sql, { topic: "worker" });
  context.log.info({ worker: id }, "the worker is ready");

  return {
    id,
    stop: async () => {
      unsubscribe?.();
      const parts = [cron.stop(TASK_GRACE_MS), checks.stop(), sampler.stop(), queue.stop()];
      const settled = await Promise.allSettled(parts);
      // The last results that were stored may have flipped checks.
      await alerts.stop();
      await incidents.stop();
      await delivery.stop();
      for (const result of settled) {
        if (result.status === "rejected")
          context.log.warn({ error: messageOf(result.reason) }, "a part of the worker did not stop in order");
      }
      endRow();
    },
  };
}
