import { z } from "zod";
import { metricName } from "@/lib/metrics/sample";
import { matcherLines } from "../matchers";

/** Fields that several sources share. */

const METRIC = { title: "Metric", description: "Its name, like memory_usage." };
export const metric = metricName.meta(METRIC);
export const metricOr = (name: string) => metricName.default(name).meta(METRIC);

export const matchers = matcherLines.meta({
  title: "Labels",
  description: "Only series that fit all of these: host=web-1, host!=web-1, host=~web-.*",
});

export const windowOf = (defaultSeconds: number) =>
  z
    .int()
    .min(60, "must be at least 60 seconds")
    .max(86_400, "must be at most 86,400 seconds (a day)")
    .default(defaultSeconds)
    .meta({ title: "Window", description: "The last so many seconds are looked at." });
