import { expect, test } from "vitest";
import { cgroupFolders, readCgroups } from "./cgroup";
import { networkRate, parseNetDev } from "./network";

test("the folders of a version 2 group are its own and all above", () => {
  expect(cgroupFolders("0::/system.slice/web.service\n")).toEqual({
    unified: ["/sys/fs/cgroup/system.slice/web.service", "/sys/fs/cgroup/system.slice", "/sys/fs/cgroup"],
    memory: [],
    cpu: [],
    cpuacct: [],
  });
});

test("version 1 groups stand in a folder for each controller, of which several may share a line", () => {
  const { unified, memory, cpu, cpuacct } = cgroupFolders(
    "9:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n1:name=systemd:/\n",
  );
  expect(unified).toEqual([]);
  expect(memory).toEqual(["/sys/fs/cgroup/memory/docker/abc", "/sys/fs/cgroup/memory/docker", "/sys/fs/cgroup/memory"]);
  expect(cpu).toEqual(["/sys/fs/cgroup/cpu/docker/abc", "/sys/fs/cgroup/cpu/docker", "/sys/fs/cgroup/cpu"]);
  expect(cpuacct).toEqual([
    "/sys/fs/cgroup/cpuacct/docker/abc",
    "/sys/fs/cgroup/cpuacct/docker",
    "/sys/fs/cgroup/cpuacct",
  ]);
});

test("a path above its own root leads nowhere else", () => {
  expect(cgroupFolders("0::/../../etc\n").unified).toEqual(["/sys/fs/cgroup/etc", "/sys/fs/cgroup"]);
});

test("this machine's groups can be read, whatever they are", async () => {
  const { memory, cpu } = await readCgroups();
  for (const { limit } of memory) expect(limit).toMatch(/^(max|\d+)\n?$/);
  for (const { quota } of cpu) expect(quota).toMatch(/^(max|\d+) \d+\n?$/);
});

const netDev = (eth0In: number, eth0Out: number, extra = "") => `Inter-|   Receive                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 9999999 1 0 0 0 0 0 0 9999999 1 0 0 0 0 0 0
  eth0:${eth0In} 5 0 0 0 0 0 0 ${eth0Out} 6 0 0 0 0 0 0
veth12: 77 1 0 0 0 0 0 0 77 1 0 0 0 0 0 0
${extra}`;
const wlan0 = "wlan0: 500 1 0 0 0 0 0 0 700 1 0 0 0 0 0 0\n";

test.each([
  ["bytes a second", netDev(1_000, 2_000), netDev(61_000, 5_000), 60_000, { in: 1_000, out: 50 }],
  ["an interface that came in between is left out", netDev(0, 0), netDev(600, 60, wlan0), 60_000, { in: 10, out: 1 }],
  ["a counter that was reset", netDev(1_000, 2_000), netDev(10, 5_000), 60_000, undefined],
  ["no time passed", netDev(1_000, 2_000), netDev(1_000, 2_000), 0, undefined],
])("network: %s", (_, before, after, ms, expected) => {
  expect(networkRate(parseNetDev(before), parseNetDev(after), ms)).toEqual(expected);
});
