import { schedule, setLogger } from "node-cron";
import type { Context } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";
import { claimSlot, takeOverSlots } from "@/lib/jobs/claim-slot";
import type { AlertLoop } from "@/lib/alerting/alert-loop";
import type { Queue } from "@/lib/jobs/queue";
import { runSlot } from "@/lib/jobs/run-slot";
import type { ScheduleLine } from "./schedule";

const SWEEP_MS = 10_000;
const MINUTE_MS = 60_000;

export interface Cron {
  /** Starts nothing more and waits for what runs, at most so long. */
  stop: (graceMs: number) => Promise<void>;
}

interface Options {
  workerId: string;
  queue: Queue;
  alerts: AlertLoop;
  lines: readonly ScheduleLine[];
  sweepMs?: number;
}

/**
 * Runs the schedule in this worker, sharing it with every other one: each slot is claimed in job_runs, so it runs once, and
 * runs of workers that died are taken over. Answers when the lines with `atStart` have run.
 */
export async function startCron(
  context: Context,
  { workerId, queue, alerts, lines, sweepMs = SWEEP_MS }: Options,
): Promise<Cron> {
  const { sql, log, now } = context;
  const running = new Set<Promise<void>>();
  const leases = new Map(lines.map((line) => [line.task, line.leaseSeconds]));

  const track = async (work: Promise<void>): Promise<void> => {
    running.add(work);
    await work.finally(() => running.delete(work));
  };
  const runClaimed = ({ run, leaseSeconds }: ScheduleLine, claimed: Parameters<typeof runSlot>[1]) =>
    track(runSlot(context, claimed, leaseSeconds, (taskRun) => run(context, { ...taskRun, queue, alerts })));
  const fire = async (line: ScheduleLine, slot: Date) => {
    const { task, leaseSeconds } = line;
    try {
      const claimed = await claimSlot(sql, { task, slot, workerId, leaseSeconds });
      if (claimed) await runClaimed(line, claimed);
    } catch (error) {
      log.warn({ task, slot: slot.toISOString(), error: messageOf(error) }, "a slot could not be claimed");
    }
  };
  const sweep = async () => {
    try {
      for (const claimed of await takeOverSlots(sql, { workerId, leases })) {
        const line = lines.find(({ task }) => task === claimed.task);
        if (line) void runClaimed(line, claimed);
      }
    } catch (error) {
      log.debug({ error: messageOf(error) }, "runs of dead workers could not be looked for");
    }
  };

  for (const line of lines) {
    if (line.atStart) await fire(line, new Date(Math.floor(now().getTime() / MINUTE_MS) * MINUTE_MS));
  }
  setLogger({
    info: (message) => log.debug({ message }, "cron"),
    debug: (message) => log.debug({ message: String(message) }, "cron"),
    warn: (message) => log.warn({ message }, "cron"),
    error: (message, error) => log.error({ message: String(message), error: error && messageOf(error) }, "cron"),
  });
  // The date is the slot's own, also where the timer fires a little late.
  const cronTasks = lines.map((line) =>
    schedule(line.cron, ({ date }) => fire(line, date), { name: line.task, timezone: "Etc/UTC" }),
  );
  const sweeping = setInterval(() => void sweep(), sweepMs);
  return {
    stop: async (graceMs) => {
      clearInterval(sweeping);
      for (const cronTask of cronTasks) await cronTask.destroy();
      await Promise.race([Promise.allSettled(running), new Promise((wake) => setTimeout(wake, graceMs).unref())]);
    },
  };
}
