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

/** An object's own field: nothing is read off a prototype. */
export const fieldOf = (value: Fields, name: string): unknown => (Object.hasOwn(value, name) ? value[name] : undefined);

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

/** A copy of a JSON value within bounds. What lies deeper than they allow is named, not kept. */
export function bounded(value: unknown, bounds: Partial<Bounds> = {}): unknown {
  return copy(value, { ...BOUNDS, ...bounds });
}

function copy(value: unknown, bounds: Bounds): unknown {
  if (typeof value === "string") return cleanText(value, bounds.text);
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "boolean" || value === null) return value;
  if (typeof value !== "object") return undefined;
  if (bounds.depth <= 0) return Array.isArray(value) ? "[list]" : "[object]";
  const deeper = { ...bounds, depth: bounds.depth - 1 };
  if (Array.isArray(value)) return value.slice(0, bounds.list).map((item) => copy(item, deeper) ?? null);
  return copyFields(asFields(value), deeper);
}

function copyFields(fields: Fields, bounds: Bounds): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  for (const key of Object.keys(fields)) {
    if (entries.length >= bounds.keys) break;
    // Harmless where it is a field of its own, but not to whoever copies it by assignment.
    if (key !== "__proto__") entries.push([cleanText(key, MAX_KEY), copy(fields[key], bounds)]);
  }
  return Object.fromEntries(entries);
}

/** An object within bounds; undefined when there is none, or it is empty. */
export function boundedFields(value: unknown, bounds: Partial<Bounds> = {}): Record<string, unknown> | undefined {
  const all = { ...BOUNDS, ...bounds };
  if (!isFields(value)) return undefined;
  const fields = copyFields(value, { ...all, depth: all.depth - 1 });
  return Object.keys(fields).length > 0 ? fields : undefined;
}
