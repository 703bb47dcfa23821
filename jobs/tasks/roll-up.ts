import { rollUp } from "@/lib/metrics/rollups/roll-up";
import type { Task } from "../define-task";

/** Merges samples over hours and days, and computes anew what got samples late. */
export const rollUpMetrics: Task = async ({ sql, now, log }, { signal }) => {
  const { buckets, late, failed } = await rollUp(sql, now(), signal);
  if (buckets > 0) log.info({ buckets, late }, "metrics rolled up");
  for (const one of failed) log.error(one, "a roll-up failed: it is put aside and tried again");
};
