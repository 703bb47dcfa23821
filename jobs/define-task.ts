import type { Context } from "@/lib/core/context";
import type { AlertLoop } from "@/lib/alerting/alert-loop";
import type { Queue } from "@/lib/jobs/queue";
import type { TaskRun } from "@/lib/jobs/run-slot";

/** What a task may use besides the context. */
export interface TaskTools extends TaskRun {
  queue: Queue;
  alerts: AlertLoop;
}

/** A task's work for one slot. It may be run again after a worker died in the middle: twice must do no harm. */
export type Task = (context: Context, tools: TaskTools) => Promise<void>;
