"use client";

import { createContext, use } from "react";
import { type FormState, IDLE } from "@/app/_actions/form-state";

/** What the fields and buttons inside an ActionForm know of it. */
export const FormContext = createContext<{ state: FormState; pending: boolean }>({ state: IDLE, pending: false });

/** A field's error, and what stands in it: after a failed submit what was typed, else its stored value. */
export function useField(
  name: string,
  stored: string | undefined,
): { error: string | undefined; value: string | undefined; attempt: number } {
  const { state } = use(FormContext);
  const failed = state.status !== "idle" && state.status !== "done";
  return {
    error: state.fieldErrors[name],
    value: failed ? (state.values[name] ?? "") : stored,
    attempt: state.attempt,
  };
}
