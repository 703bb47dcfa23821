import type { z } from "zod";
import { type FieldIssue, Problem } from "@/lib/core/errors";
import { fieldsOf } from "@/lib/checks/config-fields";

/** Every wrong or unknown field of a kind's config, at `config.<field>`. */
export function configIssues(schema: z.ZodObject, input: Readonly<Record<string, unknown>>): FieldIssue[] {
  const names = new Set(fieldsOf(schema).map(({ name }) => name));
  const unknown = Object.keys(input).filter((name) => !names.has(name));
  const issues: FieldIssue[] = unknown.map((name) => ({
    path: `config.${name}`,
    message: `is no field of this kind; there are: ${[...names].join(", ") || "none"}`,
  }));
  for (const { code, path, message } of schema.safeParse(input).error?.issues ?? []) {
    if (code !== "unrecognized_keys") issues.push({ path: ["config", ...path].map(String).join("."), message });
  }
  return issues;
}

/** One Problem that names everything that is wrong. */
export function invalidWith(what: string, issues: readonly FieldIssue[]): Problem {
  const sentence = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; ");
  return new Problem("invalid", `${what} is not valid: ${sentence}`, issues);
}
