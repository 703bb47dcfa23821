import type { Context } from "@/lib/core/context";
import { type MaintainedChecks, readMaintainedChecks } from "./maintained-checks";
import { getWorkerLastSeenAt } from "./worker-seen";

/** What decides, besides a check itself, what is shown of it. */
export interface Watch {
  /** When any worker was last seen; null: never. */
  workerLastSeenAt: Date | null;
  maintained: MaintainedChecks;
}

export async function readWatch(context: Pick<Context, "sql" | "now">): Promise<Watch> {
  const [workerLastSeenAt, maintained] = await Promise.all([
    getWorkerLastSeenAt(context),
    readMaintainedChecks(context),
  ]);
  return { workerLastSeenAt, maintained };
}
