import { expect, test } from "vitest";
import { type CpuReading, cpuUsage, readCpu } from "./cpu";

const times = (user: number, idle: number) => ({ times: { user, nice: 0, sys: 0, idle, irq: 0 } });
const reading = (over: Partial<CpuReading>): CpuReading => ({
  atMs: 0,
  busyMs: 0,
  totalMs: 0,
  cpus: 4,
  cgroups: [],
  ...over,
});
const usage = (micros: number) => `usage_usec ${micros}\nuser_usec 1\n`;

test("all processors are summed", () => {
  expect(readCpu(7, [times(30, 70), times(10, 90)], [])).toEqual({
    atMs: 7,
    busyMs: 40,
    totalMs: 200,
    cpus: 2,
    cgroups: [],
  });
});

test.each<[string, Partial<CpuReading>, Partial<CpuReading>, number | undefined]>([
  ["a quarter of the machine", { busyMs: 100, totalMs: 1_000 }, { atMs: 60_000, busyMs: 60_100, totalMs: 241_000 }, 25],
  ["no time passed", { busyMs: 100, totalMs: 1_000 }, { busyMs: 100, totalMs: 1_000 }, undefined],
  [
    "a counter that went back",
    { busyMs: 100, totalMs: 1_000 },
    { atMs: 60_000, busyMs: 50, totalMs: 2_000 },
    undefined,
  ],
  ["a machine that tells nothing", {}, { atMs: 60_000 }, undefined],
  [
    "a container's limit of half a processor, half used",
    { cgroups: [{ quota: "50000 100000\n", usage: usage(1_000_000) }] },
    { atMs: 60_000, busyMs: 1, totalMs: 240_000, cgroups: [{ quota: "50000 100000\n", usage: usage(16_000_000) }] },
    50,
  ],
  [
    "a burst above the limit is all of it",
    { cgroups: [{ quota: "50000 100000", usage: usage(0) }] },
    { atMs: 1_000, totalMs: 4_000, cgroups: [{ quota: "50000 100000", usage: usage(900_000) }] },
    100,
  ],
  [
    "no limit: the machine",
    { cgroups: [{ quota: "max 100000", usage: usage(0) }] },
    { atMs: 1_000, busyMs: 400, totalMs: 4_000, cgroups: [{ quota: "max 100000", usage: usage(900_000) }] },
    10,
  ],
  [
    "a limit above the machine's processors: the machine",
    { cgroups: [{ quota: "800000 100000", usage: usage(0) }] },
    { atMs: 1_000, busyMs: 400, totalMs: 4_000, cgroups: [{ quota: "800000 100000", usage: usage(900_000) }] },
    10,
  ],
  [
    "of several levels the fullest",
    {
      cgroups: [
        { quota: "100000 100000", usage: usage(0) },
        { quota: "200000 100000", usage: usage(0) },
      ],
    },
    {
      atMs: 1_000,
      totalMs: 4_000,
      cgroups: [
        { quota: "100000 100000", usage: usage(100_000) },
        { quota: "200000 100000", usage: usage(1_000_000) },
      ],
    },
    50,
  ],
])("%s", (_, before, after, expected) => {
  expect(cpuUsage(reading(before), reading(after))).toBe(expected);
});
