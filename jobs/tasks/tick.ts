import type { Task } from "../define-task";

/** Does nothing: that its row in job_runs appears each minute is what the schedule check looks at. */
export const tick: Task = async () => undefined;
