"use server";

import {
  createMaintenance,
  deleteMaintenance,
  getMaintenance,
  updateMaintenance,
} from "@/lib/alerting/maintenance/maintenance";
import { authorize } from "@/lib/core/actor";
import { runAction } from "./action";
import { confirmName } from "./confirm-name";
import { linesOf, localMoment, matchersFrom, numberOf } from "./form-lines";
import type { FormState, FormValues } from "./form-state";

const PATH = "/alerts/maintenance";

export async function createMaintenanceAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, values) => {
    authorize(context.actor, "alerts:write");
    await createMaintenance(context, readWindow(values));
    return { redirectTo: PATH };
  });
}

export async function updateMaintenanceAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, values) => {
    authorize(context.actor, "alerts:write");
    await updateMaintenance(context, { id: values["id"] ?? "", ...readWindow(values) });
    return { redirectTo: PATH };
  });
}

/** Asks for the name, so that no plan is lost by a slip. */
export async function deleteMaintenanceAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", confirm }) => {
    authorize(context.actor, "alerts:write");
    confirmName(confirm, (await getMaintenance(context, { id })).label);
    await deleteMaintenance(context, { id });
    return { redirectTo: PATH };
  });
}

/** Only what belongs to the kind of window that was chosen is taken. */
function readWindow(values: FormValues) {
  const { label, description, recurrence, timezone } = values;
  const common = {
    label,
    description,
    recurrence,
    timezone: timezone || "UTC",
    matchers: matchersFrom(values["matchers"]),
  };
  const durationMinutes = numberOf(values["durationMinutes"]) ?? null;
  if (recurrence === "weekly") {
    const weekdays = linesOf(values["weekdays"]).map(Number);
    return { ...common, weekdays, startTime: values["startTime"] || null, durationMinutes };
  }
  if (recurrence === "cron") return { ...common, cron: values["cron"]?.trim() || null, durationMinutes };
  return {
    ...common,
    startsAt: localMoment(values["startsAt"], timezone) ?? null,
    endsAt: localMoment(values["endsAt"], timezone) ?? null,
  };
}
