"use server";

import { acknowledgeAlert, unacknowledgeAlert } from "@/lib/alerting/acknowledge-alert";
import { sendAgain } from "@/lib/alerting/delivery/send-again";
import { runAction } from "./action";
import type { FormState } from "./form-state";

export async function acknowledgeAlertAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", note }) => {
    await acknowledgeAlert(context, { id, note });
    return { message: "You have it: no more reminders." };
  });
}

export async function unacknowledgeAlertAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    await unacknowledgeAlert(context, { id });
    return { message: "Given back: reminders go on." };
  });
}

/** Tries a message anew that failed for good. */
export async function sendAgainAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    await sendAgain(context, { id });
    return { message: "It is on its way again." };
  });
}
