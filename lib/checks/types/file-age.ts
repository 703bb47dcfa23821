import { stat } from "node:fs/promises";
import { z } from "zod";
import { formatDuration } from "@/lib/core/format";
import { codeOf } from "@/lib/core/network-errors";
import { defineCheck } from "../define-check";
import { inOrder, seconds } from "../fields";
import { above, conclude } from "../findings";

const config = z
  .strictObject({
    path: z
      .string()
      .startsWith("/", "must be an absolute path, like /var/backups/shop.sql.gz")
      .meta({ title: "File", description: "Absolute path on the worker's machine." }),
    warningAboveSeconds: seconds
      .default(90_000)
      .meta({ title: "Warning above", description: "Seconds since the file was last changed." }),
    failedAboveSeconds: seconds
      .default(180_000)
      .meta({ title: "Failed above", description: "Seconds since the file was last changed." }),
  })
  .superRefine(inOrder(["warningAboveSeconds", "failedAboveSeconds"]));

export const fileAge = defineCheck({
  label: "File age",
  description: "When a file was last changed: for exports and backups that must be fresh.",
  config,
  example: { path: "/var/backups/shop.sql.gz", warningAboveSeconds: 86_400 },
  run: async ({ path, warningAboveSeconds, failedAboveSeconds }, { now }) => {
    const file = await stat(path).catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return undefined;
      throw error;
    });
    if (!file) return { status: "failed", shortSummary: "no such file", message: `${path} does not exist.` };
    const ageSeconds = Math.max(0, Math.round((now().getTime() - file.mtimeMs) / 1000));
    const age = formatDuration(ageSeconds);
    const old = above(
      ageSeconds,
      { warning: warningAboveSeconds, failed: failedAboveSeconds },
      (limit) => `${path} was last changed ${age} ago (limit ${formatDuration(limit)}).`,
    );
    return conclude([old], { shortSummary: age, meta: { ageSeconds } });
  },
});
