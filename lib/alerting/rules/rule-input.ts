import { z } from "zod";
import { CHECK_KEY } from "@/lib/config";
import { httpUrl } from "@/lib/checks/fields";
import { configIssues, invalidWith } from "../config-issues";
import { SEVERITIES } from "../severity";
import { getSourceType } from "../source-registry";

const label = z.string("is required").trim().min(1, "is required").max(120, "must have at most 120 characters");
const seconds = z
  .int("must be a whole number")
  .min(0, "must not be negative")
  .max(86_400, "must be at most 86,400 seconds (a day)");
const labels = z
  .record(z.string().regex(/^[a-zA-Z_]\w{0,99}$/, "must be a name of letters, digits and _"), z.string().max(1_000))
  .refine((record) => Object.keys(record).length <= 20, "must be at most 20 labels");

/** What a rule is made of. */
export const ruleInput = z.strictObject({
  label: label.meta({ description: "What people read." }),
  key: z
    .string()
    .regex(CHECK_KEY, "must have 1 to 64 small letters, digits and hyphens")
    .optional()
    .meta({ description: "A stable, unique name for programs; made from the label where it is left out." }),
  source: z
    .string("is required")
    .min(1, "is required")
    .meta({ description: "What it looks at: GET /api/v1/alert-sources lists the kinds." }),
  config: z.record(z.string(), z.unknown()).default({}).meta({ description: "The fields of the source." }),
  severity: z.enum(SEVERITIES, `must be one of ${SEVERITIES.join(", ")}`).default("warning"),
  forSeconds: seconds.default(0).meta({ description: "The condition must hold for so long before it fires." }),
  keepFiringSeconds: seconds.default(0).meta({ description: "And be gone for so long before it resolves." }),
  cooldownSeconds: z
    .int("must be a whole number")
    .min(60, "must be at least 60 seconds")
    .max(604_800, "must be at most 604,800 seconds (a week)")
    .nullable()
    .default(null)
    .meta({
      description: "The least time between two notifications about the same thing; null: that of monitoring.config.ts.",
    }),
  channels: z.array(z.string()).max(50).default([]).meta({ description: "Keys of channels; empty: every channel." }),
  labels: labels.default({}).meta({ description: "Added to its alerts, for silences and for whoever gets them." }),
  runbookUrl: httpUrl.nullable().default(null).meta({ description: "What to do when it fires." }),
  opensIncident: z.boolean("must be true, false or null").nullable().default(null).meta({
    description: "Whether its alerts open an incident; null: those that are critical do.",
  }),
});

/** What of a rule may be changed; what is left out stays. */
export const ruleChanges = ruleInput.omit({ source: true }).partial();

/**
 * Parses a rule as a whole, its source's config too: whoever fills in a form hears of everything that is wrong at once.
 * @throws Problem invalid with each wrong field, those of the config at `config.<field>`
 */
export function parseRule(input: unknown): z.output<typeof ruleInput> {
  const parsed = ruleInput.safeParse(input);
  const typed = z
    .object({ source: z.string().min(1), config: z.record(z.string(), z.unknown()).default({}) })
    .safeParse(input).data;
  const own = (parsed.error?.issues ?? []).map(({ path, message }) => ({ path: path.map(String).join("."), message }));
  const issues = [...own, ...(typed ? configIssues(getSourceType(typed.source).config, typed.config) : [])];
  if (!parsed.success || issues.length > 0) throw invalidWith("The rule", issues);
  return parsed.data;
}
