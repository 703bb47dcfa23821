import { SYSTEM, authorize } from "@/lib/core/actor";
import { type Context, asActor } from "@/lib/core/context";
import type { z } from "zod";
import { type Anomaly, listAnomalies, type listAnomaliesInput } from "./list-anomalies";
import { watchSeries } from "./watch-series";

/**
 * Looks at every point that came since the last look, and answers the anomalies that there are, the latest first.
 * The worker looks by itself every five minutes: this is for a program that wants to know now.
 * @throws Problem forbidden, invalid
 */
export async function detectAnomalies(
  context: Context,
  input: z.input<typeof listAnomaliesInput> = {},
): Promise<Anomaly[]> {
  authorize(context.actor, "read");
  await watchSeries(asActor(context, SYSTEM));
  const { items } = await listAnomalies(context, input);
  return items;
}
