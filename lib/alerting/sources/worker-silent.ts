import { z } from "zod";
import { WORKER_SILENT_AFTER_MS } from "@/lib/checks/displayed-state";
import { getWorkerLastSeenAt } from "@/lib/checks/worker-seen";
import { formatDuration } from "@/lib/core/format";
import { defineSource } from "../define-source";

const config = z.strictObject({});

/** Evaluated by the web process too (lib/alerting/watchdog.ts): a worker that is gone can't tell of it. */
export const workerSilent = defineSource({
  label: "Worker silent",
  description: "No worker was seen for a while: nothing is checked, and nothing else would say so.",
  config,
  example: {},
  read: async (rules, context) => {
    const seenAt = await getWorkerLastSeenAt(context);
    const ageMs = seenAt && context.now().getTime() - seenAt.getTime();
    const limit = formatDuration(WORKER_SILENT_AFTER_MS / 1000);
    const reading = {
      key: "worker",
      subject: "Worker",
      labels: {},
      // Before the first worker started there is nothing to miss.
      holds: ageMs === null ? null : ageMs > WORKER_SILENT_AFTER_MS,
      value: ageMs === null ? null : Math.round(ageMs / 1000),
      threshold: WORKER_SILENT_AFTER_MS / 1000,
      unit: "s",
      summary:
        ageMs === null
          ? "No worker was seen yet."
          : `No worker was seen for ${formatDuration(ageMs / 1000)} (limit ${limit}): no check runs.`,
    };
    return new Map(rules.map(({ id }) => [id, [reading]]));
  },
});
