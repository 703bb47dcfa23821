import { z } from "zod";
import { moment } from "@/lib/metrics/sample";
import { INCIDENT_IMPACTS, INCIDENT_SEVERITIES, INCIDENT_STATUSES, INCIDENT_VISIBILITIES } from "./incident";

export const MAX_TITLE = 200;
export const MAX_MARKDOWN = 20_000;

/** Markdown, kept as it was typed and made safe where it is shown. Browsers end lines in their own way: that is no change. */
export const markdown = z
  .string()
  .trim()
  .overwrite((text) => text.replaceAll("\r\n", "\n"))
  .max(MAX_MARKDOWN, "must have at most 20,000 characters");

export const incidentTitle = z
  .string("is required")
  .trim()
  .min(1, "is required")
  .max(MAX_TITLE, `must have at most ${MAX_TITLE} characters`);

const oneOf = (words: readonly string[]) => `must be one of ${words.join(", ")}`;

export const severity = z.enum(INCIDENT_SEVERITIES, oneOf(INCIDENT_SEVERITIES));
export const status = z.enum(INCIDENT_STATUSES, oneOf(INCIDENT_STATUSES));
export const visibility = z.enum(INCIDENT_VISIBILITIES, oneOf(INCIDENT_VISIBILITIES));
export const impact = z.enum(INCIDENT_IMPACTS, oneOf(INCIDENT_IMPACTS));

export const affectedChecks = z
  .array(z.strictObject({ checkId: z.uuid("must be the id of a check"), impact }))
  .max(200, "must be at most 200")
  .refine((all) => new Set(all.map(({ checkId }) => checkId)).size === all.length, "names a check twice");

export const leadId = z.uuid("must be the id of a user").nullable();

/** What was known when a form was opened: with it a change that somebody else made since is told and not overwritten. */
export const version = z.int().min(1).optional().meta({
  description:
    "The incident's `version` that the change was made on. A newer one that changed the same fields answers 409.",
});

export const incidentTimes = {
  startedAt: moment.optional().meta({ description: "When the harm began." }),
  detectedAt: moment.optional().meta({ description: "When somebody or something noticed." }),
  acknowledgedAt: moment.nullable().optional().meta({ description: "When a person took it on." }),
};
