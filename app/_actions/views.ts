"use server";

import { createView } from "@/lib/metrics/views/create-view";
import { deleteView } from "@/lib/metrics/views/delete-view";
import { updateView } from "@/lib/metrics/views/update-view";
import { runAction } from "./action";
import type { FormState } from "./form-state";

export async function createViewAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { name = "", query = "", pinned }) => {
    const view = await createView(context, { name, query, pinned: pinned === "on" });
    return { message: `Saved as ${view.name}${view.pinned ? ", and on the overview" : ""}.` };
  });
}

/** Changes what the form holds, and nothing else: the name, the charts, or whether the overview shows it. */
export async function updateViewAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", name, query, pinned }) => {
    const view = await updateView(context, {
      id,
      name,
      query,
      pinned: pinned === undefined ? undefined : pinned === "on",
    });
    return {
      message:
        pinned === undefined ? `${view.name} is saved.` : `${view.name} is ${view.pinned ? "on" : "off"} the overview.`,
    };
  });
}

export async function deleteViewAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    await deleteView(context, { id });
    return { message: "The view is deleted." };
  });
}
