import { cpus } from "node:os";
import { defineRecorder } from "../define-recorder";
import { readCgroups } from "../host/cgroup";
import { cpuUsage, readCpu } from "../host/cpu";

const read = async () => readCpu(performance.now(), cpus(), (await readCgroups()).cpu);

export const cpu = defineRecorder({
  label: "Processors",
  scope: "host",
  metrics: {
    cpu_usage: {
      unit: "percent",
      title: "CPU",
      description: "Processor time in use since the minute before, of all processors or of the container's CPU limit.",
    },
  },
  start: () => {
    let before = read();
    return {
      record: async () => {
        const after = read();
        const usage = cpuUsage(await before, await after);
        before = after;
        return usage === undefined ? [] : [{ name: "cpu_usage", value: usage }];
      },
    };
  },
});
