import { join } from "node:path";
import { readText } from "./read-text";

/** Texts of one control group's files; those that aren't there are undefined. Version 1 and 2 differ in names only. */
export interface CgroupTexts {
  memory: { limit?: string; current?: string; stat?: string }[];
  cpu: { quota?: string; usage?: string }[];
}

const ROOT = "/sys/fs/cgroup";

/** A group and those above it: "/a/b" → /a/b, /a and the root. */
function lineage(path: string): string[] {
  const parts = path.split("/").filter((part) => part !== "" && part !== "..");
  return Array.from({ length: parts.length + 1 }, (_, i) => parts.slice(0, parts.length - i).join("/"));
}

/**
 * The folders that may hold this process's limits, from the text of /proc/self/cgroup. In a container the path is often
 * the host's, and the container's own files stand at the root: hence all folders on the way up. Pure.
 */
export function cgroupFolders(procSelfCgroup: string): {
  unified: string[];
  memory: string[];
  cpu: string[];
  cpuacct: string[];
} {
  const found = {
    unified: new Array<string>(),
    memory: new Array<string>(),
    cpu: new Array<string>(),
    cpuacct: new Array<string>(),
  };
  for (const line of procSelfCgroup.split("\n")) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (controllers === undefined || path === undefined) continue;
    if (controllers === "") found.unified.push(...lineage(path).map((part) => join(ROOT, part)));
    for (const name of ["memory", "cpu", "cpuacct"] as const) {
      if (controllers.split(",").includes(name))
        found[name].push(...lineage(path).map((part) => join(ROOT, name, part)));
    }
  }
  return found;
}

/** Reads the limits of this process's control groups, all there are. Empty where there is no cgroup (macOS). */
export async function readCgroups(): Promise<CgroupTexts> {
  const folders = cgroupFolders((await readText("/proc/self/cgroup")) ?? "");
  const [memory, cpu] = await Promise.all([
    Promise.all([
      ...folders.unified.map((folder) => readMemory(folder, "memory.max", "memory.current")),
      ...folders.memory.map((folder) => readMemory(folder, "memory.limit_in_bytes", "memory.usage_in_bytes")),
    ]),
    Promise.all([
      ...folders.unified.map(readCpuUnified),
      ...folders.cpu.map((folder, i) => readCpuVersion1(folder, folders.cpuacct[i] ?? folder)),
    ]),
  ]);
  return {
    memory: memory.filter(({ limit }) => limit !== undefined),
    cpu: cpu.filter(({ quota }) => quota !== undefined),
  };
}

async function readMemory(
  folder: string,
  limitFile: string,
  currentFile: string,
): Promise<CgroupTexts["memory"][number]> {
  const files = [limitFile, currentFile, "memory.stat"].map((name) => readText(join(folder, name)));
  const [limit, current, stat] = await Promise.all(files);
  return { limit, current, stat };
}

async function readCpuUnified(folder: string): Promise<CgroupTexts["cpu"][number]> {
  const [quota, usage] = await Promise.all(["cpu.max", "cpu.stat"].map((name) => readText(join(folder, name))));
  return { quota, usage };
}

/** In the form of version 2, so that one function understands both. */
async function readCpuVersion1(folder: string, accounting: string): Promise<CgroupTexts["cpu"][number]> {
  const [quota, period, nanos] = await Promise.all([
    readText(join(folder, "cpu.cfs_quota_us")),
    readText(join(folder, "cpu.cfs_period_us")),
    readText(join(accounting, "cpuacct.usage")),
  ]);
  if (quota === undefined || period === undefined) return {};
  return {
    quota: `${quota.trim() === "-1" ? "max" : quota.trim()} ${period.trim()}`,
    usage: nanos === undefined ? undefined : `usage_usec ${Math.floor(Number(nanos) / 1000)}`,
  };
}
