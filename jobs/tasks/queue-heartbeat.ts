import type { Task } from "../define-task";

/** Sends the job whose completion the queue check looks for. */
export const queueHeartbeat: Task = (_context, { queue }) => queue.sendHeartbeat();
