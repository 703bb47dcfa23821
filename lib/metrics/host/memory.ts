import type { CgroupTexts } from "./cgroup";

export interface MemoryUsage {
  usedBytes: number;
  /** What there is to use: the machine's memory, or the limit of the control group that is nearest to its limit. */
  limitBytes: number;
}

/** "MemAvailable:   8000 kB" → 8192000 */
function fromMeminfo(text: string, field: string): number | undefined {
  const match = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(text);
  return match ? Number(match[1]) * 1024 : undefined;
}

function fromStat(text: string | undefined, fields: readonly string[]): number {
  for (const field of fields) {
    const match = text && new RegExp(`^${field} (\\d+)$`, "m").exec(text);
    if (match) return Number(match[1]);
  }
  return 0;
}

/**
 * How much memory is used of what may be used. In a container the limit is that of the control group, not the machine's;
 * file pages that the kernel gives up first don't count as used, as in `docker stats`. Pure.
 * @param fallback of the operating system, where there is no /proc/meminfo
 */
export function memoryUsage(
  meminfo: string | undefined,
  groups: CgroupTexts["memory"],
  fallback: MemoryUsage,
): MemoryUsage {
  const total = meminfo && fromMeminfo(meminfo, "MemTotal");
  // Kernels before 3.14 have no MemAvailable; theirs is close to what is free or cached.
  const available =
    meminfo &&
    (fromMeminfo(meminfo, "MemAvailable") ??
      (fromMeminfo(meminfo, "MemFree") ?? 0) +
        (fromMeminfo(meminfo, "Cached") ?? 0) +
        (fromMeminfo(meminfo, "Buffers") ?? 0));
  const host =
    total && available !== undefined && available !== ""
      ? { usedBytes: total - available, limitBytes: total }
      : fallback;
  const limited = groups.flatMap(({ limit, current, stat }): MemoryUsage[] => {
    const limitBytes = Number(limit?.trim());
    const currentBytes = Number(current?.trim() || Number.NaN);
    // "max", and version 1's huge number for "no limit", leave the machine's own size as the limit.
    if (!(limitBytes > 0 && limitBytes < host.limitBytes) || Number.isNaN(currentBytes)) return [];
    const inactive = fromStat(stat, ["total_inactive_file", "inactive_file"]);
    return [{ usedBytes: Math.max(0, currentBytes - inactive), limitBytes }];
  });
  const share = ({ usedBytes, limitBytes }: MemoryUsage) => usedBytes / limitBytes;
  return (
    limited.reduce<MemoryUsage | undefined>(
      (fullest, one) => (fullest && share(fullest) >= share(one) ? fullest : one),
      undefined,
    ) ?? host
  );
}
