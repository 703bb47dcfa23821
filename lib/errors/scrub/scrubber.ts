import { z } from "zod";
import { createGenerationCache } from "@/lib/metrics/writer/generation-cache";
import type { EventData, NormalEvent } from "../event";
import { type Fields, isFields } from "../normalise/read-values";
import type { ScrubSettings } from "./scrub-settings";
import { createTextScrubber, FILTERED } from "./scrub-text";
import { createKeyTest } from "./sensitive-keys";

/** Takes secrets out before anything is stored, by the names of fields and by what texts look like. Pure. */
export interface Scrubber {
  /** @returns the same without secrets in keys and values: itself where it has none, else a copy */
  value: (value: unknown) => unknown;
  text: (text: string) => string;
  event: (event: NormalEvent) => NormalEvent;
}

/** Few projects have settings of their own. */
const MAX_SCRUBBERS = 100;
const scrubbers = createGenerationCache<Scrubber>(MAX_SCRUBBERS);

/** The scrubber of settings; one for the same, since what it has seen is remembered. */
export function scrubberOf(settings: ScrubSettings): Scrubber {
  if (!settings.enabled) return NONE;
  const key = JSON.stringify(settings);
  const existing = scrubbers.get(key);
  if (existing) return existing;
  const scrubber = createScrubber(settings);
  scrubbers.set(key, scrubber);
  return scrubber;
}

const NONE: Scrubber = { value: (value) => value, text: (text) => text, event: (event) => event };

function createScrubber(settings: ScrubSettings): Scrubber {
  const isSensitive = createKeyTest(settings);
  const text = remembered(createTextScrubber(settings, isSensitive));
  const code = remembered(createTextScrubber(settings, isSensitive, "code"));
  const names = createGenerationCache<Name>(REMEMBERED.names);

  const nameOf = (key: string): Name => {
    const known = names.get(key);
    if (known) return known;
    const kind = isSensitive(key) ? "secret" : SOURCE.has(key) ? "source" : "usual";
    const name: Name = { text: text(key), kind };
    if (key.length <= REMEMBERED.length) names.set(key, name);
    return name;
  };

  const value = (given: unknown): unknown => {
    if (typeof given === "string") return text(given);
    if (typeof given === "number") return number(given);
    if (Array.isArray(given)) return list(given);
    return isFields(given) ? fields(given) : given;
  };

  /** A card's number may come as one. */
  const number = (given: number): unknown =>
    given >= LEAST_CARD && Number.isSafeInteger(given) && text(String(given)) === FILTERED ? FILTERED : given;

  /** The same where no secret is in it, as in most: to copy it would take as long as to look. */
  const fields = (given: Fields): Fields => {
    const keys = Object.keys(given);
    let changed: [string, unknown][] | undefined;
    for (let i = 0; i < keys.length; i += 1) {
      const key = keys[i] ?? "";
      const before = given[key];
      const name = nameOf(key);
      const after = before === undefined ? undefined : field(name, before);
      if (after !== before || name.text !== key) changed ??= keys.slice(0, i).map((same) => [same, given[same]]);
      changed?.push([name.text, after]);
    }
    return changed ? Object.fromEntries(changed) : given;
  };

  const field = ({ kind }: Name, one: unknown): unknown => {
    if (kind === "secret") return filtered(one);
    if (kind === "usual") return value(one);
    return Array.isArray(one) ? changedOnly(one, line) : line(one);
  };
  const line = (one: unknown): unknown => (typeof one === "string" ? code(one) : value(one));

  /** A pair of a name and a value is how headers, cookies and tags are kept; a flag and its value that of a command line. */
  const list = (items: readonly unknown[]): readonly unknown[] =>
    changedOnly(items, (item, i) => {
      const before: unknown = i > 0 ? items[i - 1] : undefined;
      if (typeof before === "string" && before.length <= 60 && isSensitive(before) && !/\s/.test(before))
        return filtered(item);
      return value(item);
    });

  const data = (given: EventData): EventData => {
    // These are named as the product names them, and hold no secret by their name.
    const { exceptions, fingerprint, modules, ...rest } = given;
    const { user } = given;
    return unchangedForm.parse({
      ...asRecord(value(rest)),
      exceptions: exceptions.map((one) => value(one)),
      fingerprint: fingerprint.map(text),
      modules,
      ...(user && { user: scrubUser(user) }),
    });
  };

  const scrubUser = (user: NonNullable<EventData["user"]>) => {
    const { ipAddress: _, ...others } = asRecord(value(user));
    return settings.ipAddresses || user.ipAddress === undefined ? others : { ...others, ipAddress: user.ipAddress };
  };

  return {
    value,
    text,
    event: (event) => ({
      ...event,
      release: text(event.release),
      environment: text(event.environment),
      data: data(event.data),
    }),
  };
}

/** Of an event texts become texts, and nothing else changes (scrubber.test.ts holds it to that): a schema that looks takes as long as all the rest. */
const unchangedForm = z.custom<EventData>();

/** Most texts of an event are those of the one before: files, functions, lines of source, names of headers. */
const REMEMBERED = { texts: 10_000, names: 2_000, length: 200 };

/** What is known of a field by its name. */
interface Name {
  /** Without secrets. */
  text: string;
  kind: "secret" | "source" | "usual";
}

/** Of 13 digits, as the shortest. */
const LEAST_CARD = 1e12;

/** The list itself where nothing of it changes. */
function changedOnly(items: readonly unknown[], change: (item: unknown, i: number) => unknown): readonly unknown[] {
  let changed: unknown[] | undefined;
  for (let i = 0; i < items.length; i += 1) {
    const item = items[i];
    const after = change(item, i);
    if (after !== item) changed ??= items.slice(0, i);
    changed?.push(after);
  }
  return changed ?? items;
}

function remembered(scrub: (text: string) => string): (text: string) => string {
  const known = createGenerationCache<string>(REMEMBERED.texts);
  return (text) => {
    if (text.length > REMEMBERED.length) return scrub(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    const scrubbed = scrub(text);
    known.set(text, scrubbed);
    return scrubbed;
  };
}

/** The fields of a frame that hold lines of the program's source. */
const SOURCE = new Set(["contextLine", "preContext", "postContext"]);

/** Of what is named as a secret its form stays, so that it is seen what was sent. */
function filtered(value: unknown): unknown {
  if (isPair(value)) return [value[0], filtered(value[1])];
  if (Array.isArray(value)) return value.map(filtered);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.keys(value).map((key) => [key, FILTERED]));
  return value === null || value === undefined || value === "" || typeof value === "boolean" ? value : FILTERED;
}

/** A cookie, with its name: two texts in a list. */
const isPair = (value: unknown): value is [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "string");

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
