"use client";

import { useActionState } from "react";
import { IDLE } from "@/app/_actions/form-state";
import { signOutAction } from "@/app/_actions/session";

/** Ends the session in this browser. */
export function SignOutButton({ className }: { className: string }) {
  const [, action, pending] = useActionState(signOutAction, IDLE);
  return (
    <form action={action}>
      <button disabled={pending} className={className}>
        Sign out
      </button>
    </form>
  );
}
