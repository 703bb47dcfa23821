import { type QueryFault, type QueryToken, readTokens } from "@/lib/core/query-tokens";

/**
 * The language of the search: `is:unresolved level:error release:1.2 user.email:x some words`. A term before a colon is a
 * field or a tag; `!` before it means not; quotes hold what has spaces; `*` stands for anything. Pure.
 */
export interface Term {
  kind: "is" | "level" | "project" | "assigned" | "user" | "release" | "tag" | "count" | "has" | "words";
  /** The tag's key, the user's field, what is counted; empty for words. */
  name: string;
  value: string;
  not: boolean;
}

export const IS_VALUES = [
  "open",
  "unresolved",
  "resolved",
  "ignored",
  "regressed",
  "assigned",
  "unassigned",
  "linked",
] as const;
const LEVELS = ["debug", "info", "warning", "error", "fatal"];
const USER_FIELDS = ["id", "email", "username", "ip"];
const COUNTS = new Set(["events", "users"]);
const MAX_TERMS = 20;

/** @returns the terms that are right and what is wrong with the others */
export function parseQuery(query: string): { terms: Term[]; faults: QueryFault[] } {
  const terms: Term[] = [];
  const faults: QueryFault[] = [];
  for (const token of readTokens(query, faults)) {
    const term = toTerm(token);
    if (typeof term === "string") faults.push({ at: token.at, length: token.length, message: term });
    else if (term) terms.push(term);
  }
  if (terms.length > MAX_TERMS)
    faults.push({ at: 0, length: query.length, message: `has more than ${MAX_TERMS} terms` });
  return { terms, faults };
}

/** @returns a sentence when it is wrong */
function toTerm({ key, value, not }: QueryToken): Term | string | undefined {
  const name = key.toLowerCase();
  if (key === "") return value === "" ? undefined : { kind: "words", name: "", value, not };
  if (name === "is") return oneOf("is", IS_VALUES, value, not);
  if (name === "level") return oneOf("level", LEVELS, value, not);
  if (name === "project") return { kind: "project", name: "", value, not };
  if (name === "assigned") return { kind: "assigned", name: "", value, not };
  if (name === "has") return { kind: "has", name: value, value: "", not };
  if (name === "release") return { kind: "release", name: "release", value, not };
  if (name.startsWith("user.")) {
    const field = name.slice(5);
    return USER_FIELDS.includes(field)
      ? { kind: "user", name: field, value, not }
      : `must be one of ${USER_FIELDS.map((one) => `user.${one}`).join(", ")}`;
  }
  if (COUNTS.has(name)) {
    return /^[<>]?=?\d{1,12}$/.test(value)
      ? { kind: "count", name, value, not }
      : `must be a number, like ${name}:>100`;
  }
  return { kind: "tag", name: key, value, not };
}

function oneOf(kind: "is" | "level", values: readonly string[], value: string, not: boolean): Term | string {
  const known = value.toLowerCase();
  return values.includes(known)
    ? { kind, name: "", value: known, not }
    : `must be one of ${values.map((one) => `${kind}:${one}`).join(", ")}`;
}
