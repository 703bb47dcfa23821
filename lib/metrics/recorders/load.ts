import { loadavg, platform } from "node:os";
import { defineRecorder } from "../define-recorder";

export const load = defineRecorder({
  label: "Load",
  scope: "host",
  metrics: {
    load_average: {
      unit: "count",
      title: "Load average",
      description: "Processes that run or wait to, on average over 1, 5 and 15 minutes (label period).",
    },
  },
  start: () => ({
    record: () => {
      // Windows has none, and Node then says 0.
      if (platform() === "win32") return [];
      const [one = 0, five = 0, fifteen = 0] = loadavg();
      return [
        { name: "load_average", value: one, metadata: { period: "1m" } },
        { name: "load_average", value: five, metadata: { period: "5m" } },
        { name: "load_average", value: fifteen, metadata: { period: "15m" } },
      ];
    },
  }),
});
