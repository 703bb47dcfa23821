"use server";

import { markAnomaly } from "@/lib/metrics/anomalies/mark-anomaly";
import { runAction } from "./action";
import type { FormState } from "./form-state";

/** Says that an anomaly was expected, or takes that back. */
export async function markAnomalyAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", expected }) => {
    await markAnomaly(context, { id, expected: expected === "yes" });
    return { message: expected === "yes" ? "Marked as expected." : "It counts again." };
  });
}
