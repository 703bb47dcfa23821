import { RE2JS } from "re2js";
import { z } from "zod";
import { type Matcher, matcher } from "@/lib/metrics/query/matchers";

const runnable = matcher.superRefine(({ op, value }, refinement) => {
  if (op !== "=~" && op !== "!~") return;
  try {
    patternOf(value);
  } catch {
    refinement.addIssue({ code: "custom", path: ["value"], message: "is no regular expression that can be run here" });
  }
});

/** [{ label, op, value }]; an alert fits when it fits all of them. */
export const alertMatchers = z.array(runnable).max(20, "must be at most 20 matchers");

export type Labels = Readonly<Record<string, string>>;

/** Values longer than this are cut before a pattern looks at them. */
const MAX_VALUE = 1_000;

/** Do these labels fit all matchers? A label that is missing is the empty text; patterns have to fit the whole value. Pure. */
export function fits(labels: Labels, matchers: readonly Matcher[]): boolean {
  return matchers.every(({ label, op, value }) => {
    const own = (labels[label] ?? "").slice(0, MAX_VALUE);
    switch (op) {
      case "=":
        return own === value;
      case "!=":
        return own !== value;
      case "=~":
        return patternOf(value).matches(own);
      case "!~":
        return !patternOf(value).matches(own);
    }
  });
}

const patterns = new Map<string, RE2JS>();
const MAX_PATTERNS = 1_000;

/** Runs in time that grows with the text alone, whatever the pattern: both come from outside. */
function patternOf(value: string): RE2JS {
  const known = patterns.get(value);
  if (known) return known;
  if (patterns.size >= MAX_PATTERNS) patterns.clear();
  const pattern = RE2JS.compile(value);
  patterns.set(value, pattern);
  return pattern;
}

/** `check=payments severity!=info`: how matchers are written in words. Pure. */
export function matcherText({ label, op, value }: Matcher): string {
  return `${label}${op}${value}`;
}

/** Reads `check=payments`; undefined for what is no matcher. Pure. */
export function parseMatcher(text: string): Matcher | undefined {
  const [, label = "", op = "", value = ""] = /^([^=!~\s]+)\s*(=~|!~|!=|=)\s*(.*)$/s.exec(text.trim()) ?? [];
  return runnable.safeParse({ label, op, value }).data;
}

/** Matchers as a form and a file write them: `host=web-1`, one a line. */
export const matcherLines = z
  .array(
    z
      .string()
      .refine((line) => parseMatcher(line) !== undefined, "must be like host=web-1, host!=web-1 or host=~web-.*"),
  )
  .max(20, "must be at most 20")
  .default([]);

const parsedLines = new WeakMap<readonly string[], readonly Matcher[]>();

/** The matchers of lines that were parsed by `matcherLines`. */
export function matchersOf(lines: readonly string[]): readonly Matcher[] {
  const known = parsedLines.get(lines) ?? lines.flatMap((line) => parseMatcher(line) ?? []);
  parsedLines.set(lines, known);
  return known;
}
