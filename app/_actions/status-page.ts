"use server";

import { authorize } from "@/lib/core/actor";
import { getComponent } from "@/lib/status-page/list-components";
import { moveComponent } from "@/lib/status-page/order-components";
import { updateStatusSettings } from "@/lib/status-page/settings";
import { createComponent, deleteComponent, updateComponent } from "@/lib/status-page/write-component";
import { runAction } from "./action";
import { confirmName } from "./confirm-name";
import { linesOf } from "./form-lines";
import type { FormState, FormValues } from "./form-state";

const PATH = "/settings/status-page";
const orNull = (text: string | undefined) => text?.trim() || null;

export async function updateStatusPageAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { title, description, accent, enabled, ...values }) => {
    await updateStatusSettings(context, {
      title,
      description,
      accent,
      enabled: enabled === "on",
      logoUrl: orNull(values["logoUrl"]),
      contactUrl: orNull(values["contactUrl"]),
    });
    return { message: enabled === "on" ? "Saved: the page shows it." : "Saved: the page is off." };
  });
}

export async function createComponentAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, values) => {
    await createComponent(context, readComponent(values));
    return { redirectTo: PATH };
  });
}

export async function updateComponentAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, values) => {
    await updateComponent(context, { id: values["id"] ?? "", ...readComponent(values) });
    return { redirectTo: PATH };
  });
}

/** One place up or down. */
export async function moveComponentAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", direction, label = "The component" }) => {
    await moveComponent(context, { id, direction });
    return { message: `${label} went ${direction}.` };
  });
}

/** Asks for the name, so that nothing leaves the page by a slip. */
export async function deleteComponentAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", confirm }) => {
    authorize(context.actor, "incidents:write");
    confirmName(confirm, (await getComponent(context, { id })).label);
    await deleteComponent(context, { id });
    return { redirectTo: PATH };
  });
}

function readComponent({ label, description, groupName, showResponseTime, checkIds }: FormValues) {
  return {
    label,
    description,
    groupName,
    showResponseTime: showResponseTime === "on",
    checkIds: linesOf(checkIds),
  };
}
