import { z } from "zod";
import { SERIES_LIMITS } from "../sample";
import { whyNoPattern } from "./pattern";

export const MATCHER_OPERATORS = ["=", "!=", "=~", "!~"] as const;

/**
 * Chooses series by a label, whose value is compared as text; a label that a series does not have is the empty text.
 * Patterns have to fit the whole value (lib/metrics/query/pattern.ts).
 */
export const matcher = z
  .object({
    label: z.string().min(1).max(SERIES_LIMITS.labelLength),
    op: z.enum(MATCHER_OPERATORS),
    value: z.string().max(SERIES_LIMITS.valueLength),
  })
  .superRefine(({ op, value }, refinement) => {
    const problem = op === "=~" || op === "!~" ? whyNoPattern(value) : undefined;
    if (problem !== undefined) refinement.addIssue({ code: "custom", path: ["value"], message: problem });
  });

export type Matcher = z.output<typeof matcher>;

export const matchers = z.array(matcher).max(20, "must be at most 20");
