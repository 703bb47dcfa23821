import type { CgroupTexts } from "./cgroup";

/** All that is read of the processors at a moment; two of them give the usage between. */
export interface CpuReading {
  /** Of a monotonic clock. */
  atMs: number;
  /** Time of all processors since start, in ms. */
  busyMs: number;
  totalMs: number;
  cpus: number;
  cgroups: CgroupTexts["cpu"];
}

/** Sums `os.cpus()`. */
export function readCpu(
  atMs: number,
  cpus: readonly { times: Record<string, number> }[],
  cgroups: CgroupTexts["cpu"],
): CpuReading {
  let totalMs = 0;
  let idleMs = 0;
  for (const { times } of cpus) {
    for (const ms of Object.values(times)) totalMs += ms;
    idleMs += times["idle"] ?? 0;
  }
  return { atMs, busyMs: totalMs - idleMs, totalMs, cpus: cpus.length, cgroups };
}

const quotaOf = (text: string | undefined): number => {
  const [quota, period] = (text ?? "").trim().split(/\s+/).map(Number);
  return quota && period ? quota / period : Number.NaN;
};

const usageMicros = (text: string | undefined): number =>
  Number(/^usage_usec (\d+)$/m.exec(text ?? "")?.[1] ?? Number.NaN);

/**
 * The percentage of the processor time that was used between two readings, of what may be used: in a control group with
 * a quota (a container's CPU limit) that quota counts, not the machine. Pure.
 * @returns undefined when it can't be known: no time passed, or a counter was reset
 */
export function cpuUsage(before: CpuReading, after: CpuReading): number | undefined {
  const elapsedMs = after.atMs - before.atMs;
  const totalMs = after.totalMs - before.totalMs;
  const busyMs = after.busyMs - before.busyMs;
  const limited = after.cgroups.flatMap(({ quota, usage }, i) => {
    const quotaCpus = quotaOf(quota);
    const usedMs = (usageMicros(usage) - usageMicros(before.cgroups[i]?.usage)) / 1000;
    if (!(quotaCpus > 0 && quotaCpus < after.cpus && elapsedMs > 0 && usedMs >= 0)) return [];
    return [(100 * usedMs) / (quotaCpus * elapsedMs)];
  });
  if (limited.length > 0) return Math.min(100, Math.max(...limited));
  return totalMs > 0 && busyMs >= 0 ? Math.min(100, (100 * busyMs) / totalMs) : undefined;
}
