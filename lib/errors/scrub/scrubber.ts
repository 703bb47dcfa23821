import { z } from "zod";
import { createGenerationCache } from "@/lib/metrics/writer/generation-cache";
import type { EventData, NormalEvent } from "../event";
import type { ScrubSettings } from "./scrub-settings";
import { createTextScrubber, FILTERED } from "./scrub-text";
import { createKeyTest } from "./sensitive-keys";

/** Takes secrets out before anything is stored, by the names of fields and by what texts look like. Pure. */
export interface Scrubber {
  /** @returns a copy: secrets are gone from keys and values */
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

  const value = (given: unknown): unknown => {
    if (typeof given === "string") return text(given);
    // A card's number may come as one.
    if (typeof given === "number")
      return Number.isSafeInteger(given) && text(String(given)) === FILTERED ? FILTERED : given;
    if (Array.isArray(given)) return list(given);
    if (typeof given !== "object" || given === null) return given;
    return Object.fromEntries(Object.entries(given).map(([key, one]) => [text(key), field(key, one)]));
  };

  const field = (key: string, one: unknown): unknown => {
    if (one === undefined) return undefined;
    if (isSensitive(key)) return filtered(one);
    if (!SOURCE.has(key)) return value(one);
    return Array.isArray(one) ? one.map(line) : line(one);
  };
  const line = (one: unknown): unknown => (typeof one === "string" ? code(one) : value(one));

  /** A pair of a name and a value is how headers, cookies and tags are kept; a flag and its value that of a command line. */
  const list = (items: readonly unknown[]): unknown[] =>
    items.map((item, i) => {
      const before: unknown = items[i - 1];
      if (typeof before === "string" && before.length <= 60 && !/\s/.test(before) && isSensitive(before))
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
const REMEMBERED = { texts: 10_000, length: 200 };

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
