import { defineRecorder } from "../define-recorder";
import { networkRate, parseNetDev } from "../host/network";
import { readText } from "../host/read-text";

const read = async () => {
  const text = await readText("/proc/net/dev");
  return { atMs: performance.now(), bytes: text === undefined ? undefined : parseNetDev(text) };
};

/** Linux only: elsewhere nothing is recorded. */
export const network = defineRecorder({
  label: "Network",
  scope: "host",
  metrics: {
    network_in: {
      unit: "bytes_per_second",
      title: "Network in",
      description: "Bytes received a second since the minute before, over all outer interfaces.",
    },
    network_out: {
      unit: "bytes_per_second",
      title: "Network out",
      description: "Bytes sent a second since the minute before, over all outer interfaces.",
    },
  },
  start: () => {
    let before = read();
    return {
      record: async () => {
        const then = await before;
        before = read();
        const now = await before;
        const rate = then.bytes && now.bytes && networkRate(then.bytes, now.bytes, now.atMs - then.atMs);
        if (!rate) return [];
        return [
          { name: "network_in", value: rate.in },
          { name: "network_out", value: rate.out },
        ];
      },
    };
  },
});
