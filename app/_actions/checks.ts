"use server";

import { createCheck } from "@/lib/checks/create-check";
import { deleteCheck } from "@/lib/checks/delete-check";
import { getCheck } from "@/lib/checks/get-check";
import { pauseCheck, resumeCheck } from "@/lib/checks/pause-check";
import { runCheckNow } from "@/lib/checks/run-check-now";
import { updateCheck } from "@/lib/checks/update-check";
import { authorize } from "@/lib/core/actor";
import { runAction } from "./action";
import { readCheckForm } from "./check-form-values";
import { confirmName } from "./confirm-name";
import type { FormState } from "./form-state";

export async function createCheckAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, values) => {
    const { type = "" } = values;
    const check = await createCheck(context, { type, ...readCheckForm(type, values) });
    return { redirectTo: `/checks/${check.id}` };
  });
}

/** The type of a check does not change: it is read from the database, not from the form. */
export async function updateCheckAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, values) => {
    authorize(context.actor, "checks:write");
    const { id = "" } = values;
    const { type } = await getCheck(context, { id });
    const check = await updateCheck(context, { id, ...readCheckForm(type, values) });
    return { redirectTo: `/checks/${check.id}` };
  });
}

/** Asks for the name, so that no history is lost by a slip. */
export async function deleteCheckAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", confirm }) => {
    authorize(context.actor, "checks:write");
    const { label } = await getCheck(context, { id });
    confirmName(confirm, label);
    await deleteCheck(context, { id });
    return { redirectTo: "/checks" };
  });
}

export async function pauseCheckAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    const { label } = await pauseCheck(context, { id });
    return { message: `${label} is paused: it does not run until it is resumed.` };
  });
}

export async function resumeCheckAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    const { label } = await resumeCheck(context, { id });
    return { message: `${label} runs again.` };
  });
}

/** Answers when the run has ended. */
export async function runCheckAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    const { lastResult } = await runCheckNow(context, { id });
    return {
      message: lastResult ? `It ran just now: ${lastResult.message || lastResult.shortSummary}` : "It ran just now.",
    };
  });
}
