"use client";

import { useEffect, type ReactNode } from "react";
import { signInAction } from "@/app/_actions/session";
import { ActionForm } from "@/app/_forms/action-form";
import { TextField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";

/** @param children the hidden inputs that depend on the address */
export function SignInForm({ children }: { children: ReactNode }) {
  useEffect(leaveNothingBehind, []);
  return (
    <ActionForm action={signInAction} label="Sign in">
      {children}
      <TextField name="email" label="Email" type="email" autoComplete="username" required autoFocus />
      <TextField name="password" label="Password" type="password" autoComplete="current-password" required />
      <SubmitButton pending="Signing in…">Sign in</SubmitButton>
    </ActionForm>
  );
}

/** Next.js keeps pages that were left, drafts and all. Whoever comes here from inside has signed out: the next one starts afresh. */
function leaveNothingBehind(): void {
  const [loaded] = performance.getEntriesByType("navigation");
  if (loaded && new URL(loaded.name).pathname !== "/sign-in") window.location.reload();
}
