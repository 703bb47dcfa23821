import { readFile } from "node:fs/promises";
import { Problem, messageOf } from "@/lib/core/errors";
import { scoreCsv } from "@/lib/metrics/anomalies/score-csv";
import { defineFileCommand } from "./define-command";

export const metricsAnomalies = defineFileCommand({
  summary: "Scores a `timestamp,value` CSV and prints `timestamp,value,anomaly_score`.",
  run: async ({ print }, path) => {
    const text = await readFile(path, "utf8").catch((error: unknown) => {
      throw new Problem("invalid", `${path} can't be read: ${messageOf(error)}`);
    });
    print(scoreCsv(text));
    return 0;
  },
});
