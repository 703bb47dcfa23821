import { z } from "zod";
import { formatDuration } from "@/lib/core/format";
import { NetworkFailure, failureSentence } from "@/lib/core/network-errors";
import type { CheckAnswer } from "../define-check";
import { defineCheck } from "../define-check";
import { inOrder, seconds } from "../fields";
import { above, conclude } from "../findings";
import { withPostgres } from "../postgres-session";
import { longestRunningWorker } from "../worker-age";

const config = z
  .strictObject({
    warningAboveSeconds: seconds
      .default(90)
      .meta({ title: "Warning above", description: "Seconds since the scheduler's last tick; it ticks every minute." }),
    failedAboveSeconds: seconds
      .default(150)
      .meta({ title: "Failed above", description: "Seconds since the scheduler's last tick: two were missed." }),
  })
  .superRefine(inOrder(["warningAboveSeconds", "failedAboveSeconds"]));

type ScheduleConfig = z.output<typeof config>;

export const schedule = defineCheck({
  label: "Scheduler",
  description: "How long ago the product's own scheduler last ticked.",
  config,
  example: { failedAboveSeconds: 300 },
  run: async (options, { signal, sql, now }) => {
    try {
      return await withPostgres({ url: undefined, pool: sql }, signal, async ({ query }) => {
        // The newest slot, by the primary key; its start, since a slot that was claimed and then begun late is late.
        const [tick] = await query<{ startedAt: Date }>(
          `SELECT started_at AS "startedAt" FROM job_runs WHERE task = 'tick' ORDER BY slot DESC LIMIT 1`,
        );
        const at = now();
        const tickSeconds = tick && Math.max(0, (at.getTime() - tick.startedAt.getTime()) / 1000);
        return judgeTick(options, tickSeconds, await longestRunningWorker(query, at));
      });
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      return {
        status: "failed",
        shortSummary: error.timedOut ? "timed out" : "no answer",
        message: failureSentence("Asking the database for the last tick", error),
      };
    }
  },
});

/**
 * Judges the age of the last tick. Pure. A worker that has just started can't have ticked: that is a warning, whatever was before.
 * @param tickSeconds undefined: never ticked
 * @param workerSeconds for how long a worker has been running; undefined: none is
 */
export function judgeTick(
  options: ScheduleConfig,
  tickSeconds: number | undefined,
  workerSeconds: number | undefined,
): CheckAnswer {
  const started = workerSeconds !== undefined && workerSeconds <= options.warningAboveSeconds;
  const since = started ? `; the worker started ${formatDuration(workerSeconds)} ago.` : "";
  if (tickSeconds === undefined) {
    if (started)
      return { status: "warning", shortSummary: "starting", message: `The scheduler has not ticked yet${since}` };
    return {
      status: "failed",
      shortSummary: "never ticked",
      message: "The scheduler has never ticked: is a worker running?",
    };
  }
  const age = formatDuration(tickSeconds);
  const facts = { shortSummary: `${age} ago`, meta: { tickAgeSeconds: Math.round(tickSeconds) } };
  const found = above(
    tickSeconds,
    { warning: options.warningAboveSeconds, failed: options.failedAboveSeconds },
    (limit) =>
      `The scheduler last ticked ${age} ago (limit ${formatDuration(limit)})${since === "" ? ": is a worker running?" : since}`,
  );
  return conclude([found && started ? { ...found, status: "warning" } : found], facts);
}
