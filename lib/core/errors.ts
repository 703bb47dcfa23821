/**
 * The few kinds of errors that a verb reports on purpose. They are mapped to HTTP and to form messages in one place each
 * (lib/api/respond.ts, app/_actions/action.ts); anything else is a bug and shows nothing of its inside.
 */
export type ProblemKind =
  | "not-found"
  | "unauthenticated"
  | "forbidden"
  | "conflict"
  | "invalid"
  | "unavailable"
  /** Too much at once: the same again later is welcome. */
  | "overloaded";

/** One wrong field: a path into the input and a sentence. */
export interface FieldIssue {
  path: string;
  message: string;
}

export class Problem extends Error {
  override name = "Problem";
  constructor(
    readonly kind: ProblemKind,
    message: string,
    readonly issues: readonly FieldIssue[] = [],
    /** Of a conflict: the version that it was found on. Sent again with it, the change overwrites knowingly. */
    readonly version?: number,
  ) {
    super(message);
  }
}

/** Works across bundles: the server's and Next's copies of this file are different classes. */
export function isProblem(error: unknown): error is Problem {
  return error instanceof Error && error.name === "Problem" && "kind" in error;
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(messageOf).join("; ");
  return error instanceof Error ? error.message || error.name : String(error);
}
