import { z } from "zod";

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  date: "a time, like 2026-05-01T12:00:00Z",
  array: "a list",
  object: "an object",
  record: "an object",
};

const FORMATS: Readonly<Record<string, string>> = {
  email: "an email address",
  url: "an address, like https://example.com",
  uuid: "an id",
  datetime: "a time in ISO 8601, like 2026-05-01T12:00:00Z",
  date: "a date, like 2026-05-01",
  ipv4: "an IPv4 address",
  ipv6: "an IPv6 address",
};

/** What a bound counts; a bound of what is not listed is about the value itself. */
const COUNTED: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ["character", "characters"],
  array: ["item", "items"],
  set: ["item", "items"],
  map: ["entry", "entries"],
};

const must = (what: string) => `must be ${what}`;

/** What stands where a schema has no message of its own, in words that follow a field's name: "label: must be a text". Pure. */
function describeIssue(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.expected === "undefined" || issue.expected === "never") return must("left out");
      return issue.input === undefined ? "is required" : must(TYPES[issue.expected] ?? issue.expected);
    case "invalid_value":
      return issue.input === undefined ? "is required" : must(listOf(issue.values.map(String)));
    case "invalid_format":
      return FORMATS[issue.format] ? must(FORMATS[issue.format] ?? "") : "is not in the right form";
    case "too_small":
      return bounded(issue.origin, Number(issue.minimum), wordsOf(issue, "at least", "more than"));
    case "too_big":
      return bounded(issue.origin, Number(issue.maximum), wordsOf(issue, "at most", "less than"));
    case "not_multiple_of":
      return must(`a multiple of ${issue.divisor}`);
    case "unrecognized_keys":
      return issue.keys.length === 1
        ? `there is no field named ${issue.keys[0]}`
        : `there are no fields named ${issue.keys.join(", ")}`;
    case "invalid_union":
      return describeUnion(issue);
    case "invalid_key":
    case "invalid_element":
      return issue.issues[0]?.message ?? "is not valid";
    case "custom":
      return "is not valid";
  }
}

function wordsOf(bound: { inclusive?: boolean | undefined; exact?: boolean | undefined }, at: string, beyond: string) {
  return bound.exact ? "exactly" : bound.inclusive === false ? beyond : at;
}

function bounded(origin: string, bound: number, words: string): string {
  const counted = COUNTED[origin];
  const number = bound.toLocaleString("en");
  if (!counted) return must(`${words} ${number}`);
  if (words === "at least" && bound === 1) return "must not be empty";
  return `must have ${words} ${number} ${bound === 1 ? counted[0] : counted[1]}`;
}

/** Of a choice by one field its values; else what each alternative asks for, or what is wrong within the one that comes nearest. */
function describeUnion({ input, options, errors }: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string {
  if (Array.isArray(options)) return must(listOf(options.map(String)));
  if (input === undefined) return "is required";
  const inside = errors.find(([first]) => first && first.path.length > 0)?.[0];
  if (inside) return `${inside.path.map(String).join(".")}: ${inside.message}`;
  const wanted = new Set(
    errors.flatMap(([first]) => (first?.message.startsWith("must be ") ? [first.message.slice(8)] : [])),
  );
  return wanted.size > 0 ? must(listOf([...wanted])) : (errors[0]?.[0]?.message ?? "is not valid");
}

function listOf(items: readonly string[]): string {
  return items.length < 2 ? items.join() : `${items.slice(0, -1).join(", ")} or ${items.at(-1)}`;
}

// In force for the whole process as soon as this file is loaded: whatever is parsed there speaks to people.
z.config({ customError: describeIssue });
