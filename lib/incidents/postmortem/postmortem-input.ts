import { z } from "zod";
import { markdown, visibility } from "../incident-input";

export const MAX_WHYS = 5;

const text = markdown.optional().meta({ description: "Markdown." });
const version = z.int().min(0).optional();

/** What is left out stays. */
export const savePostmortemInput = z.strictObject({
  impact: text,
  rootCause: text,
  causeCategory: z
    .string()
    .trim()
    .max(60, "must have at most 60 characters")
    .optional()
    .meta({ description: "A short name of the kind of cause, so that recurring ones are seen: deploy, capacity." }),
  contributingFactors: text,
  whys: z
    .array(
      z
        .string()
        .trim()
        .overwrite((why) => why.replaceAll("\r\n", "\n"))
        .max(1_000, "must have at most 1,000 characters"),
    )
    .max(MAX_WHYS, `must be at most ${MAX_WHYS}`)
    .overwrite((whys) => whys.filter((why) => why !== ""))
    .optional()
    .meta({ description: "One answer to “why?” after the other." }),
  wentWell: text,
  wentBadly: text,
  version: version.meta({
    description:
      "The `version` that the change was made on, 0 of one that nobody saved yet. What somebody else changed since stays, and answers 409 where this changes it too. Where left out, everything is overwritten.",
  }),
  seenVersion: version.meta({
    description: "What others changed up to this version is overwritten knowingly: the one that a 409 told.",
  }),
});

export const publishPostmortemInput = z.strictObject({
  visibility: visibility.meta({
    description: "`internal`: whoever may sign in. `public`: the status page too, while the incident is public.",
  }),
});
