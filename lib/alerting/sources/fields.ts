import { z } from "zod";
import { metricName } from "@/lib/metrics/sample";
import { matcherLines } from "../matchers";

/** Fields that several sources share. */

export const metric = metricName.meta({ title: "Metric", description: "Its name, like memory_usage." });

export const matchers = matcherLines.meta({
  title: "Labels",
  description: "Only series that fit all of these: host=web-1, host!=web-1, host=~web-.*",
});

export const windowSeconds = z
  .int()
  .min(60, "must be at least 60 seconds")
  .max(86_400, "must be at most 86,400 seconds (a day)")
  .default(300)
  .meta({ title: "Window", description: "The last so many seconds are looked at." });
