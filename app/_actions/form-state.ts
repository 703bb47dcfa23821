import type { ProblemKind } from "@/lib/core/errors";

/** What a form held, by its inputs' names; an input that stood there several times is joined by line breaks. */
export type FormValues = Readonly<Record<string, string>>;

/** What a form's action answers: nothing yet, done, or why not, with what was typed so that a draft survives. */
export interface FormState {
  status: "idle" | "done" | ProblemKind;
  /** A sentence for the person at the form. */
  message: string;
  /** By the input's name. */
  fieldErrors: Readonly<Record<string, string>>;
  /** What was typed, by the input's name; never a password. */
  values: Readonly<Record<string, string>>;
  /** Counts the answers, so that two equal ones in a row are told apart. */
  attempt: number;
  /** A secret that is shown this once. */
  secret?: string;
}

export const IDLE: FormState = { status: "idle", message: "", fieldErrors: {}, values: {}, attempt: 0 };

/** A server action for `useActionState`. */
export type FormAction = (previous: FormState, form: FormData) => Promise<FormState>;
