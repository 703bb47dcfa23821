import type { z } from "zod";
import { Problem } from "./errors";
import "./plain-words";

/**
 * Parses what came from outside.
 * @param what names the input in the message, e.g. "The check"
 * @throws Problem of kind invalid with one issue for each wrong field
 */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown, what: string): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({
    path: issue.path.map(String).join("."),
    message: issue.message,
  }));
  const summary = issues.map((issue) => (issue.path ? `${issue.path}: ${issue.message}` : issue.message)).join("; ");
  throw new Problem("invalid", `${what} is not valid: ${summary}`, issues);
}
