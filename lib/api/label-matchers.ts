import { z } from "zod";
import { MATCHER_OPERATORS, type Matcher } from "@/lib/metrics/query/matchers";
import { labels } from "./labels";

/** The first operator ends the label's name: `expression=a=b` asks for the value a=b. */
const other = /^([^=!~]+)(!=|=~|!~)(.*)$/s;

const operator = z.enum(MATCHER_OPERATORS);

/**
 * Labels in a query: `labels=host=web-1`, `labels=host!=web-1`, `labels=host=~web-.*` or `labels=host!~web-.*`, as often as
 * needed, or one JSON object (see labels.ts). What is equal is compared with its type where it comes as JSON.
 */
export const labelMatchers = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((given, refinement) => {
    const texts = given === undefined ? [] : Array.isArray(given) ? given : [given];
    const matchers: Matcher[] = [];
    const equal: string[] = [];
    for (const text of texts) {
      const [, label, op, value] = other.exec(text) ?? [];
      const parsed = operator.safeParse(op);
      if (!text.startsWith("{") && label !== undefined && value !== undefined && parsed.success)
        matchers.push({ label, op: parsed.data, value });
      else equal.push(text);
    }
    const parsed = labels.safeParse(equal);
    if (!parsed.success)
      for (const { message } of parsed.error.issues) refinement.addIssue({ code: "custom", message });
    return { metadata: parsed.data ?? {}, matchers };
  })
  .meta({
    description:
      "Only series with these labels: `name=value`, `name!=value`, `name=~pattern` or `name!~pattern`, once for each label, or one JSON object",
  });
