import { retentionOf } from "@/lib/config";
import { dropPartitionsPast, makePartitionsAhead } from "@/lib/db/partitions";
import { vacuumClosedPartitions } from "@/lib/metrics/vacuum-closed";
import type { Task } from "../define-task";
import { rollUpMetrics } from "./roll-up";

/** Makes the days ahead, drops those past retention, and vacuums the closed ones once. */
export const partitions: Task = async (context, run) => {
  const { sql, config, log, now } = context;
  const made = await makePartitionsAhead(sql, now());
  // What came late for a day that goes now is still to be merged.
  await rollUpMetrics(context, run);
  const dropped = await dropPartitionsPast(sql, now(), retentionOf(config));
  const vacuumed = await vacuumClosedPartitions(sql, now());
  if (made.length + dropped.length + vacuumed.length > 0) log.info({ made, dropped, vacuumed }, "partitions kept");
};
