"use server";

import { createToken } from "@/lib/access/create-token";
import { revokeToken } from "@/lib/access/revoke-token";
import { runAction } from "./action";
import type { FormState } from "./form-state";

/** Answers the token, this once. */
export async function createTokenAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { name, scopes = "", expiresInDays }) => {
    const { token } = await createToken(context, {
      name,
      scopes: scopes.split("\n").filter(Boolean),
      expiresInDays: expiresInDays ? Number(expiresInDays) : undefined,
    });
    return { message: "The token is made.", secret: token };
  });
}

export async function revokeTokenAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    await revokeToken(context, { id });
    return { message: "The token is revoked." };
  });
}
