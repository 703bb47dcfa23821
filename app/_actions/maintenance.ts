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
import type { FormState } from "./form-state";
import { readWindow } from "./window-form";

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
