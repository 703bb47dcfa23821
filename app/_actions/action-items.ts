"use server";

import { authorize } from "@/lib/core/actor";
import { addAction } from "@/lib/incidents/actions/add-action";
import { deleteAction } from "@/lib/incidents/actions/delete-action";
import { updateAction } from "@/lib/incidents/actions/update-action";
import { runAction } from "./action";
import type { FormState } from "./form-state";

export async function addActionItemAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { incidentId = "", title, ownerId, dueOn }) => {
    authorize(context.actor, "incidents:write");
    await addAction(context, { id: incidentId, title, ownerId: ownerId || null, dueOn: dueOn || null });
    return { message: "Added." };
  });
}

export async function updateActionItemAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", title, ownerId, dueOn }) => {
    authorize(context.actor, "incidents:write");
    await updateAction(context, { id, title, ownerId: ownerId || null, dueOn: dueOn || null });
    return { message: "Saved." };
  });
}

export async function markActionItemAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", isDone }) => {
    const { title } = await updateAction(context, { id, isDone: isDone === "yes" });
    return { message: isDone === "yes" ? `${title} is done.` : `${title} is open again.` };
  });
}

export async function deleteActionItemAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    await deleteAction(context, { id });
    return { message: "Deleted." };
  });
}
