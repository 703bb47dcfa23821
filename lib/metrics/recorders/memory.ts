import { freemem, totalmem } from "node:os";
import { defineRecorder } from "../define-recorder";
import { readCgroups } from "../host/cgroup";
import { memoryUsage } from "../host/memory";
import { readText } from "../host/read-text";

export const memory = defineRecorder({
  label: "Memory",
  scope: "host",
  metrics: {
    memory_usage: {
      unit: "percent",
      title: "Memory",
      description:
        "Memory in use, of the machine's or of the container's limit; what the kernel can give up at once doesn't count.",
    },
    memory_used: { unit: "bytes", title: "Memory used", description: "The same in bytes." },
  },
  start: () => ({
    record: async () => {
      const [meminfo, cgroups] = await Promise.all([readText("/proc/meminfo"), readCgroups()]);
      const total = totalmem();
      const { usedBytes, limitBytes } = memoryUsage(meminfo, cgroups.memory, {
        usedBytes: total - freemem(),
        limitBytes: total,
      });
      return [
        { name: "memory_usage", value: (100 * usedBytes) / limitBytes },
        { name: "memory_used", value: usedBytes },
      ];
    },
  }),
});
