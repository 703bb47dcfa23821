"use server";

import { startSession } from "@/app/_dal/start-session";
import { changeOwnPassword } from "@/lib/access/change-own-password";
import { runAction } from "./action";
import type { FormState } from "./form-state";

/** Ends all sessions of the user who asks but this one, which goes on under the new version. */
export async function changePasswordAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { currentPassword = "", newPassword = "" }) => {
    const { sessionVersion } = await changeOwnPassword(context, { currentPassword, newPassword });
    if (context.actor.kind === "user") await startSession({ userId: context.actor.id, sessionVersion });
    return { message: "The password is changed. Other browsers are signed out." };
  });
}
