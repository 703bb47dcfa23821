import { z } from "zod";
import { CHECK_KEY, checkTiming, dependsOn } from "@/lib/config";
import { type FieldIssue, Problem } from "@/lib/core/errors";
import { configFields } from "./config-fields";
import type { CheckType } from "./define-check";
import { getCheckType } from "./registry";

const { intervalSeconds, timeoutSeconds, failureThreshold } = checkTiming;
const label = z.string("is required").trim().min(1, "is required").max(120, "must have at most 120 characters");
const key = z
  .string()
  .regex(CHECK_KEY, "must have 1 to 64 small letters, digits and hyphens")
  .refine((text) => !z.uuid().safeParse(text).success, "must not look like an id");
const config = z.record(z.string(), z.unknown());

/** What a new check is made of. */
export const checkInput = z.object({
  type: z
    .string("is required")
    .min(1, "is required")
    .meta({ description: "The kind of check: GET /api/v1/check-types lists them." }),
  label: label.meta({ description: "What people read." }),
  key: key
    .optional()
    .meta({ description: "A stable, unique name for programs; made from the label where it is left out." }),
  config: config.default({}).meta({ description: "The fields of the check's type." }),
  intervalSeconds: intervalSeconds.meta({ description: "Seconds from one run to the next." }),
  timeoutSeconds: timeoutSeconds.meta({ description: "Seconds after which a run has failed." }),
  failureThreshold: failureThreshold.meta({ description: "So many failures in a row flip the check's state." }),
  dependsOn: dependsOn.meta({
    description: "Keys of checks: while one of them fails, this one's failure is its effect and alerts nobody.",
  }),
});

/** What of a check may be changed; what is left out stays. `config` is replaced as a whole, masked secrets stay. */
export const checkChanges = z.object({
  label: label.optional(),
  key: key.optional(),
  config: config.optional(),
  intervalSeconds: intervalSeconds.unwrap().optional(),
  timeoutSeconds: timeoutSeconds.unwrap().optional(),
  failureThreshold: failureThreshold.unwrap().optional(),
  dependsOn: dependsOn.unwrap().optional(),
});

/**
 * Parses a new check as a whole, its type's config too: whoever fills in a form hears of everything that is wrong at once.
 * @throws Problem invalid with each wrong field, those of the config at `config.<field>`
 */
export function parseCheck(input: unknown): z.output<typeof checkInput> {
  const parsed = checkInput.strict().safeParse(input);
  const typed = checkInput.pick({ type: true, config: true }).safeParse(input).data;
  const own = (parsed.error?.issues ?? []).map(({ path, message }) => ({ path: path.map(String).join("."), message }));
  const issues = [...own, ...(typed ? configIssues(getCheckType(typed.type), typed.config) : [])];
  if (!parsed.success || issues.length > 0) throw invalidCheck(issues);
  return parsed.data;
}

/**
 * Checks a config by its type's schema. It is stored as it came in: a default that changes later holds for it too.
 * @throws Problem invalid with each wrong or unknown field at `config.<field>`
 */
export function parseConfig(type: CheckType, input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const issues = configIssues(type, input);
  if (issues.length > 0) throw invalidCheck(issues);
  return input;
}

function configIssues(type: CheckType, input: Readonly<Record<string, unknown>>): FieldIssue[] {
  const names = new Set(configFields(type).map((field) => field.name));
  const unknown = Object.keys(input).filter((name) => !names.has(name));
  const issues: FieldIssue[] = unknown.map((name) => ({
    path: `config.${name}`,
    message: `is no field of this type; there are: ${[...names].join(", ") || "none"}`,
  }));
  const parsed = type.config.safeParse(input);
  for (const { code, path, message } of parsed.error?.issues ?? []) {
    if (code !== "unrecognized_keys") issues.push({ path: ["config", ...path].map(String).join("."), message });
  }
  return issues;
}

function invalidCheck(issues: readonly FieldIssue[]): Problem {
  const sentence = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; ");
  return new Problem("invalid", `The check is not valid: ${sentence}`, issues);
}
