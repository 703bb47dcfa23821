"use server";

import { createUser } from "@/lib/access/create-user";
import { deleteUser } from "@/lib/access/delete-user";
import { getUser } from "@/lib/access/get-user";
import { updateUser } from "@/lib/access/update-user";
import { runAction } from "./action";
import { confirmName } from "./confirm-name";
import type { FormState } from "./form-state";

const unlessBlank = (text: string | undefined) => (text?.trim() ? text : undefined);

/** Answers the password, this once, when it was generated. */
export async function createUserAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { email, name, role, password }) => {
    const user = await createUser(context, { email, name: unlessBlank(name), role, password: password || undefined });
    return user.password === undefined
      ? { redirectTo: "/settings/users" }
      : { message: `${user.email} can sign in.`, secret: user.password };
  });
}

export async function updateUserAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", name, role, disabled, password }) => {
    await updateUser(context, { id, name, role, disabled: disabled === "on", password: password || undefined });
    return { message: "Saved." };
  });
}

/** Asks for the email, so that nobody is deleted by a slip. */
export async function deleteUserAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", confirm }) => {
    const user = await getUser(context, { id });
    confirmName(confirm, user.email);
    await deleteUser(context, { id });
    return { redirectTo: "/settings/users" };
  });
}
