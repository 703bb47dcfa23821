"use client";

import { use, type ReactNode } from "react";
import { Button, type ButtonLook } from "@/app/_components/button";
import { FormContext } from "./form-context";

/** Sends the form; says so while it is under way, and keeps the focus. */
export function SubmitButton({
  children,
  pending: words,
  look = "primary",
  small,
}: {
  children: ReactNode;
  pending?: string;
  look?: ButtonLook;
  small?: boolean;
}) {
  const { pending } = use(FormContext);
  return (
    <Button type="submit" look={look} small={small} aria-disabled={pending || undefined}>
      {pending ? (words ?? "Saving…") : children}
    </Button>
  );
}
