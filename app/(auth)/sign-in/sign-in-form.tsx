"use client";

import { useEffect } from "react";
import { signInAction } from "@/app/_actions/session";
import { Banner } from "@/app/_components/banner";
import { ActionForm } from "@/app/_forms/action-form";
import { TextField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";

/** @param failed next-auth's own address was used and refused the sign-in */
export function SignInForm({ callbackUrl, failed = false }: { callbackUrl: string; failed?: boolean }) {
  useEffect(leaveNothingBehind, []);
  return (
    <>
      {failed ? (
        <div className="mb-5">
          <Banner tone="negative">The sign-in was refused. Check the email and the password.</Banner>
        </div>
      ) : null}
      <ActionForm action={signInAction} label="Sign in">
        <input type="hidden" name="callbackUrl" value={callbackUrl} />
        <TextField name="email" label="Email" type="email" autoComplete="username" required autoFocus />
        <TextField name="password" label="Password" type="password" autoComplete="current-password" required />
        <SubmitButton pending="Signing in…">Sign in</SubmitButton>
      </ActionForm>
    </>
  );
}

/** Next.js keeps pages that were left, drafts and all. Whoever comes here from inside has signed out: the next one starts afresh. */
function leaveNothingBehind(): void {
  const [loaded] = performance.getEntriesByType("navigation");
  if (loaded && new URL(loaded.name).pathname !== "/sign-in") window.location.reload();
}
