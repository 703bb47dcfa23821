import { AGGREGATES, type Aggregate } from "../query/aggregates";
import type { Matcher } from "../query/matchers";

/** What one chart of the explorer asks for. */
export interface PanelQuery {
  name: string;
  agg: Aggregate;
  matchers: readonly Matcher[];
  /** Labels to group by; empty puts all series together; undefined draws each for itself. */
  by: readonly string[] | undefined;
}

/** A query that was written wrongly: where, and what was expected. */
export interface Unreadable {
  problem: string;
}

/** Stands for itself in an address; anything else is written as a JSON string. */
const BARE_LABEL = /^[^\s"(),=!~\\]+$/;
const BARE_VALUE = /^(?!~)[^"(),]*$/;

/** All there are, in the order in which they are offered. */
export const OPERATORS: readonly Matcher["op"][] = ["=", "!=", "=~", "!~"];

const AGGREGATE_NAMES = new Map<string, Aggregate>(AGGREGATES.map((name) => [name, name]));

/** `p95:http_request_duration(host=web-1,route!=/health)by(host)`, `sum:requests()by(host)`: a query as text, short enough for an address. Pure. */
export function writePanel({ name, agg, matchers, by }: PanelQuery): string {
  const filters = matchers.map(
    ({ label, op, value }) => `${quoteUnless(BARE_LABEL, label)}${op}${quoteUnless(BARE_VALUE, value)}`,
  );
  const groups = by?.map((label) => quoteUnless(BARE_LABEL, label));
  return `${agg}:${name}${filters.length > 0 || groups ? `(${filters.join(",")})` : ""}${groups ? `by(${groups.join(",")})` : ""}`;
}

/** A matcher in words: `host =~ web-.*`. */
export function writeMatcher({ label, op, value }: Matcher): string {
  return `${label} ${op} ${value === "" ? '""' : value}`;
}

function quoteUnless(bare: RegExp, text: string): string {
  return bare.test(text) ? text : JSON.stringify(text);
}

/**
 * Reads what writePanel wrote, or what somebody typed into an address; the aggregate may be left out. Patterns are not judged
 * here, and the name's metric need not exist. Pure.
 */
export function readPanel(text: string): PanelQuery | Unreadable {
  const head = /^(?:([a-z0-9]+):)?([a-zA-Z_][\w:./-]*)/.exec(text);
  const name = head?.[2];
  if (!head || name === undefined) return { problem: "it has to begin with a metric's name" };
  // A name may hold colons itself: what stands before the first one is an aggregate only where it is one.
  const agg = AGGREGATE_NAMES.get(head[1] ?? "avg");
  const whole = agg === undefined ? `${head[1]}:${name}` : name;
  const rest: Cursor = { text, at: head[0].length };
  const matchers = take(rest, "(") ? readList(rest, () => readMatcher(rest)) : [];
  if (matchers === null)
    return { problem: "a filter is like host=web-1, with commas between filters and ) after the last" };
  const by = take(rest, "by(") ? readList(rest, () => readToken(rest, BARE_LABEL_AHEAD)) : undefined;
  if (by === null) return { problem: "after by( come labels with commas between them, and )" };
  if (rest.at < text.length) return { problem: `“${text.slice(rest.at, rest.at + 20)}” is too much at its end` };
  return { name: whole, agg: agg ?? "avg", matchers, by };
}

interface Cursor {
  text: string;
  at: number;
}

const QUOTED_AHEAD = /"(?:[^"\\]|\\.)*"/y;
const BARE_LABEL_AHEAD = /[^\s"(),=!~\\]+/y;
const BARE_VALUE_AHEAD = /[^"(),]*/y;
const OPERATOR_AHEAD = /!=|=~|!~|=/y;

function match(cursor: Cursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found === undefined) return null;
  cursor.at += found.length;
  return found;
}

function take(cursor: Cursor, what: string): boolean {
  if (!cursor.text.startsWith(what, cursor.at)) return false;
  cursor.at += what.length;
  return true;
}

function readToken(cursor: Cursor, bare: RegExp): string | null {
  const quoted = match(cursor, QUOTED_AHEAD);
  if (quoted === null) return match(cursor, bare);
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}

function readMatcher(cursor: Cursor): Matcher | null {
  const label = readToken(cursor, BARE_LABEL_AHEAD);
  const sign = match(cursor, OPERATOR_AHEAD);
  const op = OPERATORS.find((one) => one === sign);
  const value = readToken(cursor, BARE_VALUE_AHEAD);
  return label === null || op === undefined || value === null ? null : { label, op, value };
}

/** Items with commas between them, to the closing bracket; null where there is something else. */
function readList<T>(cursor: Cursor, readItem: () => T | null): T[] | null {
  const items: T[] = [];
  if (take(cursor, ")")) return items;
  for (;;) {
    const item = readItem();
    if (item === null) return null;
    items.push(item);
    if (take(cursor, ")")) return items;
    if (!take(cursor, ",")) return null;
  }
}
