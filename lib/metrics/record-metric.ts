import { authorize } from "@/lib/core/actor";
import type { z } from "zod";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { sampleInput } from "./sample";
import { writeSamples } from "./write-samples";

/**
 * Records one value: `recordMetric(context, { name: "signups", value: 3, unit: "count", metadata: { plan: "pro" } })`.
 * The same series and time again changes nothing.
 * @throws Problem invalid when a field is wrong or the time lies outside the days that are kept
 */
export async function recordMetric(context: Context, input: z.input<typeof sampleInput>): Promise<void> {
  authorize(context.actor, "metrics:write");
  const { recordedAt = context.now(), ...sample } = parseInput(sampleInput, input, "The sample");
  await writeSamples(context, [{ ...sample, recordedAt }]);
}
