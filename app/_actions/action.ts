import "server-only";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { forgetLive } from "@/app/_dal/live-cache";
import { sessionContext } from "@/app/_dal/session";
import type { Context } from "@/lib/core/context";
import { isProblem, type Problem } from "@/lib/core/errors";
import { placeIssues } from "./field-errors";
import { assertStorable } from "./assert-storable";
import type { FormState, FormValues } from "./form-state";

/** What an action did: shown in the form, or led to another page. */
interface Outcome {
  message?: string;
  redirectTo?: string;
  secret?: string;
  /** Of what was changed: the form's next change is made on it. */
  version?: number;
  /** It only looked: the page around the form stays as it is. */
  isRead?: true;
}

/**
 * The one way from a form to a verb: the session's actor → the verb, which authorises and parses → the answer.
 * A Problem is an answer too: it comes back with what was typed. Anything else is a fault and goes to error.tsx.
 * @param run calls the verb with the context of whoever asks
 */
export async function runAction(
  previous: unknown,
  form: unknown,
  run: (context: Context, values: FormValues) => Promise<Outcome>,
): Promise<FormState> {
  const values = readForm(form);
  const answer = { fieldErrors: {}, values: {}, attempt: attemptOf(previous) + 1 };
  let outcome: Outcome;
  try {
    const context = await sessionContext();
    assertStorable(values);
    outcome = await run(context, values);
  } catch (error) {
    if (!isProblem(error)) throw error;
    const typed = { ...withoutPasswords(values), ...versionOf(error) };
    return { ...answer, ...explain(error, values), values: typed };
  }
  const { message = "Saved.", redirectTo, secret, isRead } = outcome;
  if (!isRead) forgetLive();
  if (redirectTo !== undefined) redirect(redirectTo);
  if (!isRead) refresh();
  return { ...answer, status: "done", message, secret, values: versionOf(outcome) };
}

/** In place of the version that a form was opened on: what it sends next time. */
const versionOf = ({ version }: { version?: number | undefined }): FormValues =>
  version === undefined ? {} : { version: String(version) };

function explain(problem: Problem, values: FormValues): Pick<FormState, "status" | "message" | "fieldErrors"> {
  if (problem.kind === "unauthenticated") {
    return {
      status: problem.kind,
      message: "You are not signed in any more. Sign in in another tab, then send this again.",
      fieldErrors: {},
    };
  }
  if (problem.issues.length === 0) return { status: problem.kind, message: problem.message, fieldErrors: {} };
  const { fieldErrors, rest } = placeIssues(problem.issues, new Set(Object.keys(values)));
  const count = Object.keys(fieldErrors).length;
  const summary =
    count === 0 ? [] : [count === 1 ? "One field needs another look." : `${count} fields need another look.`];
  return { status: problem.kind, message: [...summary, ...rest].join(" "), fieldErrors };
}

/** Anybody can post anything here: only the texts of a form are taken, files and React's own entries are left out. */
function readForm(form: unknown): FormValues {
  const values = new Map<string, string>();
  if (!(form instanceof FormData)) return {};
  for (const [name, value] of form) {
    if (typeof value !== "string" || name.startsWith("$ACTION")) continue;
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before}\n${value}`);
  }
  return Object.fromEntries(values);
}

function withoutPasswords(values: FormValues): FormValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !/password/i.test(name)));
}

function attemptOf(previous: unknown): number {
  const attempt = typeof previous === "object" && previous !== null && "attempt" in previous ? previous.attempt : 0;
  return typeof attempt === "number" ? attempt : 0;
}
