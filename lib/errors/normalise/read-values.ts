/**
 * Reads what came from outside into what can be stored: nothing throws, nothing is deeper, longer or wider than its bounds,
 * no text holds what PostgreSQL refuses. Pure.
 */
export type Fields = Readonly<Record<string, unknown>>;

const MAX_DEPTH = 8;
const MAX_KEYS = 200;
const MAX_LIST = 100;
const MAX_TEXT = 8_192;
const MAX_KEY = 200;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const EMPTY: Fields = {};

/** An object's own field: nothing is read off a prototype. Most fields that are asked for are not there, and then the look at whose they are is spared. */
export function fieldOf(value: Fields, name: string): unknown {
  const field = value[name];
  return field === undefined || Object.hasOwn(value, name) ? field : undefined;
}

export const asFields = (value: unknown): Fields => (isFields(value) ? value : EMPTY);

/** Also whole pairs: the look for halves alone takes ten times as long, and most texts have neither. */
const MAYBE_UNSTORABLE = /[\0\ud800-\udfff]/;
/** With the flag u a surrogate is one that has no other half. */
const HALVES = /\p{Surrogate}/gu;

/** Without null characters and halves of surrogate pairs, at most so long. */
export function cleanText(text: string, max: number): string {
  const cut = text.length > max ? `${text.slice(0, max - 1)}…` : text;
  return MAYBE_UNSTORABLE.test(cut) ? cut.replaceAll("\0", "").replaceAll(HALVES, "\ufffd") : cut;
}

/** A text of whatever says one: numbers and booleans as they are written. */
export function asText(value: unknown, max: number): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : cleanText(value, max);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return undefined;
}

export const asNumber = (value: unknown): number | undefined => {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
};

export const asBool = (value: unknown): boolean | undefined => (typeof value === "boolean" ? value : undefined);

/** `{ values: […] }`, a list, or one alone: SDKs send all three. */
export function asValues(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!isFields(value)) return [];
  const values = fieldOf(value, "values");
  return Array.isArray(values) ? values : Object.hasOwn(value, "values") ? [] : [value];
}

/** An object's entries or a list of pairs, as texts. */
export function asPairs(value: unknown, most: number, maxKey: number, maxValue: number): [string, string][] {
  const entries: readonly (readonly [unknown, unknown])[] = Array.isArray(value)
    ? value.flatMap((pair: unknown) => pairOf(pair))
    : Object.entries(asFields(value));
  const pairs: [string, string][] = [];
  for (const [key, one] of entries) {
    if (pairs.length >= most) break;
    const name = asText(key, maxKey);
    const text = asText(
      Array.isArray(one) ? one.map((part) => asText(part, maxValue) ?? "").join(", ") : one,
      maxValue,
    );
    if (name !== undefined && text !== undefined) pairs.push([name, text]);
  }
  return pairs;
}

/** `[key, value]`, or `{ key, value }` as some SDKs of age have it. */
function pairOf(pair: unknown): [unknown, unknown][] {
  if (Array.isArray(pair)) return pair.length >= 2 ? [[pair[0], pair[1]]] : [];
  const fields = asFields(pair);
  return Object.hasOwn(fields, "key") ? [[fieldOf(fields, "key"), fieldOf(fields, "value")]] : [];
}

export interface Bounds {
  depth: number;
  keys: number;
  list: number;
  text: number;
}

const BOUNDS: Bounds = { depth: MAX_DEPTH, keys: MAX_KEYS, list: MAX_LIST, text: MAX_TEXT };

/** A JSON value within bounds: itself where it is, else a copy. What lies deeper than they allow is named, not kept. */
export function bounded(value: unknown, bounds: Partial<Bounds> = {}): unknown {
  return within(value, { ...BOUNDS, ...bounds });
}

function within(value: unknown, bounds: Bounds): unknown {
  if (typeof value === "string") return cleanText(value, bounds.text);
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "boolean" || value === null) return value;
  if (typeof value !== "object") return undefined;
  if (bounds.depth <= 0) return Array.isArray(value) ? "[list]" : "[object]";
  const deeper = { ...bounds, depth: bounds.depth - 1 };
  return Array.isArray(value) ? listWithin(value, deeper) : fieldsWithin(asFields(value), deeper);
}

function listWithin(items: readonly unknown[], bounds: Bounds): readonly unknown[] {
  const kept = items.length > bounds.list ? items.slice(0, bounds.list) : items;
  const copies = kept.map((item) => within(item, bounds) ?? null);
  return kept === items && copies.every((copy, i) => copy === items[i]) ? items : copies;
}

function fieldsWithin(fields: Fields, bounds: Bounds): Fields {
  const keys = Object.keys(fields);
  // What is no plain object may write itself into JSON in a way of its own.
  let isSame = keys.length <= bounds.keys && Object.getPrototypeOf(fields) === Object.prototype;
  const entries: [string, unknown][] = [];
  for (const key of keys) {
    if (entries.length >= bounds.keys) break;
    // Harmless where it is a field of its own, but not to whoever copies it by assignment.
    if (key === "__proto__") {
      isSame = false;
      continue;
    }
    const name = cleanText(key, MAX_KEY);
    const one = within(fields[key], bounds);
    if (name !== key || one !== fields[key]) isSame = false;
    entries.push([name, one]);
  }
  return isSame ? fields : Object.fromEntries(entries);
}

/** An object within bounds; undefined when there is none, or it is empty. */
export function boundedFields(value: unknown, bounds: Partial<Bounds> = {}): Record<string, unknown> | undefined {
  const all = { ...BOUNDS, ...bounds };
  if (!isFields(value)) return undefined;
  const fields = fieldsWithin(value, { ...all, depth: all.depth - 1 });
  return Object.keys(fields).length > 0 ? fields : undefined;
}
