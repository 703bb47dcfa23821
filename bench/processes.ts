import { readdirSync, readFileSync } from "node:fs";

/** What one process uses, read from Linux's /proc. */
export interface Usage {
  pid: number;
  command: string;
  /** Proportional set size: pages shared by several processes are divided among them, so that a sum counts them once. */
  pssBytes: number;
  rssBytes: number;
  /** Also of its children that have ended, so that the sum over a tree never falls. */
  cpuSeconds: number;
}

const TICKS_PER_SECOND = 100;

/** The process that started it; -1 when it is gone. */
export function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return -1;
  }
}

/** A process and all its descendants. */
export function processTree(root: number): number[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const parents = new Map(all.map((pid) => [pid, parentOf(pid)]));
  const tree = [root];
  for (let i = 0; i < tree.length; i += 1) for (const [pid, parent] of parents) if (parent === tree[i]) tree.push(pid);
  return tree;
}

export function usageOf(pid: number): Usage {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(rollup)?.[1] ?? 0) * 1024;
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  return {
    pid,
    command,
    pssBytes: kilobytes("Pss"),
    rssBytes: kilobytes("Rss"),
    cpuSeconds: [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0) / TICKS_PER_SECOND,
  };
}

/** The memory that a process holds, pages shared with others too; cheap enough to be asked often. */
export function residentBytes(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * 4_096;
}
