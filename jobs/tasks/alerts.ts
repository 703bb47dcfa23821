import type { Task } from "../define-task";

/** Looks at every alert rule. What falls due in between, and checks that flip, the worker looks at by itself. */
export const alerts: Task = async (_context, { alerts: loop }) => {
  await loop.round();
};
