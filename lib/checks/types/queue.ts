import { z } from "zod";
import { formatCount, formatDuration } from "@/lib/core/format";
import { NetworkFailure, failureSentence } from "@/lib/core/network-errors";
import { defineCheck } from "../define-check";
import { count, databaseUrl, inOrder, seconds } from "../fields";
import { type Finding, type Limits, above, conclude, failed } from "../findings";
import { withPostgres } from "../postgres-session";
import { longestRunningWorker } from "../worker-age";
import { type QueueFacts, readQueue } from "./queue-facts";

const config = z
  .strictObject({
    url: databaseUrl.meta({
      title: "Connection string",
      description: "Database of another pg-boss 10; empty: the product's own queue.",
      secret: true,
    }),
    schema: z
      .string()
      .regex(/^[a-z_][a-z0-9_]{0,62}$/i, "must be a schema's name")
      .default("pgboss")
      .meta({ title: "Schema", description: "Where pg-boss has its tables." }),
    pendingWarning: count
      .default(100)
      .meta({ title: "Pending jobs: warning above", description: "Jobs that are due and wait." }),
    pendingFailed: count
      .default(1_000)
      .meta({ title: "Pending jobs: failed above", description: "Jobs that are due and wait." }),
    failedWarning: count
      .default(0)
      .meta({ title: "Failed jobs: warning above", description: "Jobs given up within the time below." }),
    failedFailed: count
      .default(25)
      .meta({ title: "Failed jobs: failed above", description: "Jobs given up within the time below." }),
    failedWithinMinutes: z
      .int()
      .min(1)
      .max(10_080)
      .default(60)
      .meta({ title: "Failed jobs: within", description: "So many minutes back failed jobs are counted." }),
    oldestWarningSeconds: seconds
      .default(300)
      .meta({ title: "Oldest waiting job: warning above", description: "Seconds since it was due." }),
    oldestFailedSeconds: seconds
      .default(900)
      .meta({ title: "Oldest waiting job: failed above", description: "Seconds since it was due." }),
    heartbeatQueue: z.string().max(200).default("heartbeat").meta({
      title: "Heartbeat queue",
      description: "A queue that gets a job every minute: proof that a worker works. Empty: not looked at.",
    }),
    heartbeatWarningSeconds: seconds.default(180).meta({
      title: "Heartbeat: warning above",
      description: "Seconds since a worker last finished a heartbeat job.",
    }),
    heartbeatFailedSeconds: seconds
      .default(300)
      .meta({ title: "Heartbeat: failed above", description: "Seconds since a worker last finished a heartbeat job." }),
  })
  .superRefine(
    inOrder(
      ["pendingWarning", "pendingFailed"],
      ["failedWarning", "failedFailed"],
      ["oldestWarningSeconds", "oldestFailedSeconds"],
      ["heartbeatWarningSeconds", "heartbeatFailedSeconds"],
    ),
  );

type QueueConfig = z.output<typeof config>;

export const queue = defineCheck({
  label: "Queue",
  description: "Looks into a pg-boss queue: jobs that wait, jobs that failed, and whether a worker really works.",
  config,
  example: { pendingWarning: 500, failedWarning: 5 },
  run: async (options, { signal, sql, now }) => {
    try {
      return await withPostgres({ url: options.url, pool: sql }, signal, async (session) => {
        const facts = await readQueue(session.query, options);
        if (!facts) {
          const message = `There is no pg-boss 10 queue in the schema ${options.schema}: its worker makes it when it first starts.`;
          return { status: "failed", shortSummary: "no queue", message } as const;
        }
        const workerSeconds = options.url === undefined ? await longestRunningWorker(session.query, now()) : undefined;
        return judge(options, facts, workerSeconds);
      });
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      return {
        status: "failed",
        shortSummary: error.timedOut ? "timed out" : "no answer",
        message: failureSentence("The queue's database", error),
      };
    }
  },
});

function judge(options: QueueConfig, facts: QueueFacts, workerSeconds: number | undefined) {
  const { pending, failedJobs, oldestSeconds } = facts;
  const minutes = formatDuration(options.failedWithinMinutes * 60);
  const findings = [
    judgeHeartbeat(options, facts, workerSeconds),
    above(
      pending,
      { warning: options.pendingWarning, failed: options.pendingFailed },
      (limit) => `${formatCount(pending)} jobs are waiting (limit ${formatCount(limit)}).`,
    ),
    above(
      failedJobs,
      { warning: options.failedWarning, failed: options.failedFailed },
      (limit) =>
        `${formatCount(failedJobs)} ${failedJobs === 1 ? "job" : "jobs"} failed in the last ${minutes} (limit ${formatCount(limit)}).`,
    ),
    above(
      oldestSeconds ?? 0,
      { warning: options.oldestWarningSeconds, failed: options.oldestFailedSeconds },
      (limit) =>
        `The oldest job has waited for ${formatDuration(oldestSeconds ?? 0)} (limit ${formatDuration(limit)}).`,
    ),
  ];
  return conclude(findings, {
    shortSummary: `${formatCount(pending)} pending`,
    meta: {
      pending,
      active: facts.active,
      failed: failedJobs,
      ...(oldestSeconds !== null && { oldestSeconds: Math.round(oldestSeconds) }),
      ...(facts.heartbeatSeconds !== null && { heartbeatAgeSeconds: Math.round(facts.heartbeatSeconds) }),
    },
  });
}

/** A heartbeat that never was counts from the queue's making. */
function judgeHeartbeat(
  options: QueueConfig,
  facts: QueueFacts,
  workerSeconds: number | undefined,
): Finding | undefined {
  if (options.heartbeatQueue === "") return undefined;
  const silent = facts.heartbeatSeconds ?? facts.queueSeconds;
  if (silent === null)
    return failed(`There is no queue named ${options.heartbeatQueue}: no worker has asked for its heartbeat.`);
  const limits: Limits = { warning: options.heartbeatWarningSeconds, failed: options.heartbeatFailedSeconds };
  const last =
    facts.heartbeatSeconds === null
      ? "No heartbeat job was ever finished"
      : `The last heartbeat job was finished ${formatDuration(silent)} ago`;
  const found = above(silent, limits, (limit) => `${last} (limit ${formatDuration(limit)}): is a worker running?`);
  if (!found || workerSeconds === undefined || workerSeconds > options.heartbeatWarningSeconds) return found;
  return { status: "warning", message: `${last}; the worker started ${formatDuration(workerSeconds)} ago.` };
}
