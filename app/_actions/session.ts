"use server";

import { returnPath } from "@/app/_auth/return-path";
import { endSession, startSession } from "@/app/_dal/start-session";
import { signIn } from "@/lib/access/sign-in";
import { Problem } from "@/lib/core/errors";
import { runAction } from "./action";
import type { FormState } from "./form-state";

/** Anybody may try; failures are counted beside the data (lib/access/sign-in.ts). */
export async function signInAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { email = "", password = "", callbackUrl }) => {
    const user = await signIn(context, { email, password });
    if (!user) throw new Problem("invalid", "The email or the password is not right.");
    await startSession({ userId: user.id, sessionVersion: user.sessionVersion });
    return { redirectTo: returnPath(callbackUrl) };
  });
}

/** Ends the session in this browser; for everybody, signed in or not. */
export async function signOutAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async () => {
    await endSession();
    return { redirectTo: "/sign-in" };
  });
}
