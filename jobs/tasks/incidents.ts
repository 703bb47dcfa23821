import { followAlerts } from "@/lib/incidents/automatic/follow-alerts";
import type { Task } from "../define-task";

/** Brings incidents up to the alerts. What changes in between the worker looks at by itself. */
export const incidents: Task = async (context) => {
  await followAlerts(context);
};
