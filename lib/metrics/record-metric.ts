import { authorize } from "@/lib/core/actor";
import type { z } from "zod";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import { sampleInput } from "./sample";
import { writeSamples } from "./write-samples";

/**
 * Records one value: `recordMetric(context, { name: "signups", value: 3, unit: "count", metadata: { plan: "pro" } })`.
 * The same series and time again changes nothing.
 * @throws Problem invalid when a field is wrong, the time lies outside the days that are kept, or a limit of series is reached
 */
export async function recordMetric(context: Context, input: z.input<typeof sampleInput>): Promise<void> {
  authorize(context.actor, "metrics:write");
  const { recordedAt = context.now(), ...sample } = parseInput(sampleInput, input, "The sample");
  const { rejected } = await writeSamples(context, [{ ...sample, recordedAt }]);
  const [first] = rejected;
  if (first) throw new Problem("invalid", `The sample was not stored. ${first.message}.`, [first]);
}
