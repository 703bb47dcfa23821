import { statfs } from "node:fs/promises";
import { z } from "zod";
import { formatPercent } from "@/lib/core/format";
import { codeOf } from "@/lib/core/network-errors";
import { defineCheck } from "../define-check";
import { inOrder, percent } from "../fields";
import { above, conclude } from "../findings";

const config = z
  .strictObject({
    path: z
      .string()
      .startsWith("/", "must be an absolute path, like /var/lib")
      .default("/")
      .meta({ title: "Path", description: "Any folder on the disk, on the worker's machine." }),
    warningPercent: percent.default(70).meta({ title: "Warning above", description: "Percent of the disk in use." }),
    failedPercent: percent.default(90).meta({ title: "Failed above", description: "Percent of the disk in use." }),
    inodesWarningPercent: percent
      .default(70)
      .meta({ title: "Inodes: warning above", description: "Percent of the inodes (room for files) in use." }),
    inodesFailedPercent: percent
      .default(90)
      .meta({ title: "Inodes: failed above", description: "Percent of the inodes (room for files) in use." }),
  })
  .superRefine(inOrder(["warningPercent", "failedPercent"], ["inodesWarningPercent", "inodesFailedPercent"]));

export const diskSpace = defineCheck({
  label: "Disk space",
  description: "How full a disk is, in bytes and in inodes.",
  config,
  example: { path: "/var/lib", warningPercent: 80 },
  run: async (options) => {
    const { path } = options;
    // A network disk that hangs is left behind by the runner: Node can't take back a call to the file system.
    const facts = await statfs(path).catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return `${path} does not exist.`;
      if (codeOf(error) === "EACCES") return `${path} may not be looked at by this user.`;
      throw error;
    });
    if (typeof facts === "string") return { status: "failed", shortSummary: "no such path", message: facts };
    const { usedPercent, inodesPercent, freeBytes, totalBytes } = usage(facts);
    const findings = [
      above(
        usedPercent,
        { warning: options.warningPercent, failed: options.failedPercent },
        (limit) => `Disk ${path} is ${formatPercent(usedPercent)} full (limit ${formatPercent(limit)}).`,
      ),
      above(
        inodesPercent ?? 0,
        { warning: options.inodesWarningPercent, failed: options.inodesFailedPercent },
        (limit) =>
          `Disk ${path} has used ${formatPercent(inodesPercent ?? 0)} of its inodes (limit ${formatPercent(limit)}).`,
      ),
    ];
    return conclude(findings, {
      shortSummary: formatPercent(usedPercent),
      meta: {
        usedPercent: Math.round(usedPercent * 100) / 100,
        freeBytes,
        totalBytes,
        ...(inodesPercent !== undefined && { inodesPercent: Math.round(inodesPercent * 100) / 100 }),
      },
    });
  },
});

export interface FileSystemFacts {
  bsize: number;
  blocks: number;
  bfree: number;
  bavail: number;
  files: number;
  ffree: number;
}

/** Counts like `df`: what is kept for root is neither used nor free. Pure. File systems without a number of inodes have none. */
export function usage({ bsize, blocks, bfree, bavail, files, ffree }: FileSystemFacts) {
  const used = blocks - bfree;
  const reachable = used + bavail;
  return {
    usedPercent: reachable === 0 ? 0 : (used / reachable) * 100,
    inodesPercent: files === 0 ? undefined : ((files - ffree) / files) * 100,
    freeBytes: bavail * bsize,
    totalBytes: blocks * bsize,
  };
}
