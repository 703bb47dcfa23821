import { monitorEventLoopDelay } from "node:perf_hooks";
import { memoryUsage } from "node:process";
import { defineRecorder } from "../define-recorder";

/** How often the delay is looked at. A wait shorter than this may go unseen; each look wakes the process up, so ten a second and not fifty. */
const RESOLUTION_MS = 100;

export const ownProcess = defineRecorder({
  label: "Own processes",
  scope: "process",
  metrics: {
    process_rss: {
      unit: "bytes",
      title: "Process memory",
      description: "Memory that the process holds (resident set).",
    },
    process_heap_used: {
      unit: "bytes",
      title: "Heap used",
      description: "Memory of the process's JavaScript objects.",
    },
    event_loop_delay: {
      unit: "ms",
      title: "Event-loop delay",
      description: "How late timers of the process ran in the minute before (label quantile: p99).",
    },
  },
  start: () => {
    const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    delay.enable();
    return {
      record: () => {
        const { rss, heapUsed } = memoryUsage();
        // Node counts from one look to the next: the interval itself is no delay.
        const p99 = delay.count > 0 ? Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS) : undefined;
        delay.reset();
        return [
          { name: "process_rss", value: rss },
          { name: "process_heap_used", value: heapUsed },
          ...(p99 === undefined
            ? []
            : [{ name: "event_loop_delay" as const, value: p99, metadata: { quantile: "p99" } }]),
        ];
      },
      stop: () => void delay.disable(),
    };
  },
});
