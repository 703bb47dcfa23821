"use server";

import { createSilence, endSilence } from "@/lib/alerting/silences/silences";
import { authorize } from "@/lib/core/actor";
import { Problem } from "@/lib/core/errors";
import { isTimeZone, localDay } from "@/lib/metrics/query/local-days";
import { runAction } from "./action";
import { localMoment, matchersFrom } from "./form-lines";
import type { FormState, FormValues } from "./form-state";

const HOURS: Readonly<Record<string, number>> = { "1h": 1, "4h": 4, "24h": 24 };

export async function createSilenceAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, values) => {
    authorize(context.actor, "alerts:write");
    const { comment = "", matchers } = values;
    await createSilence(context, {
      matchers: matchersFrom(matchers),
      comment,
      endsAt: endOf(values, context.now()),
    });
    return { redirectTo: "/alerts/silences" };
  });
}

export async function endSilenceAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    await endSilence(context, { id });
    return { message: "The silence is over." };
  });
}

/** When it ends by the choice that was made, tomorrow and dates by the viewer's clocks. */
function endOf({ end = "", endsAt, timezone = "UTC" }: FormValues, now: Date): Date {
  const hours = HOURS[end];
  if (hours !== undefined) return new Date(now.getTime() + hours * 3_600_000);
  const zone = isTimeZone(timezone) ? timezone : "UTC";
  const tomorrow = new Date((localDay(zone, now.getTime()) + 1) * 86_400_000).toISOString().slice(0, 10);
  const at = localMoment(end === "tomorrow" ? `${tomorrow}T09:00` : endsAt, zone);
  if (at) return at;
  throw new Problem("invalid", "The silence has no end.", [{ path: "endsAt", message: "say when it ends" }]);
}
