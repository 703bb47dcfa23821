import { z } from "zod";
import type { DetectorState } from "./detector";
import { VIEWS } from "./views";

/** Raised when what is stored changes; a series with a state of another version is learned anew. */
const VERSION = 1;

const encode = (array: Float32Array | Uint8Array): string =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString("base64");

/** A number that JSON keeps to the last digit. */
const real = z.number();
const count = z.number().int().min(0);

const floats = z.base64().transform((text, context) => {
  const bytes = Uint8Array.from(Buffer.from(text, "base64"));
  if (bytes.byteLength % 4 === 0) return new Float32Array(bytes.buffer);
  context.addIssue({ code: "custom", message: "is not a row of 32-bit numbers" });
  return z.NEVER;
});
const bytes = z.base64().transform((text) => Uint8Array.from(Buffer.from(text, "base64")));

const profile = z
  .object({ offset: floats, visits: bytes })
  .refine(({ offset, visits }) => offset.length === visits.length && offset.length > 0, "offsets and visits differ");

const storedState = z.object({
  options: z.object({
    slotSeconds: real.positive(),
    visits: real,
    levelSlots: real,
    profileGain: real,
    shortPoints: real,
    longPoints: real,
    scalePoints: real,
    episodePoints: real,
    peaks: count,
    marginFull: real,
    marginNone: real,
    oddCount: real,
    fadePerDay: real,
    quietShare: real,
    quietSeconds: real,
    quietMargin: real,
    warmUpSeconds: real,
    warmUpEpisodes: real,
  }),
  first: real.nullable(),
  latest: real,
  interval: real,
  points: count,
  episodes: count,
  baseline: z.object({
    level: real,
    slotsSeen: count,
    day: profile,
    week: profile,
    errors: z.tuple([real, real, real]),
    profile: z.number().int().min(0).max(2),
    slot: z.number().int(),
    sum: real,
    count,
    density: real,
  }),
  band: z.object({
    points: count,
    overall: real,
    spread: floats,
    quantiles: z.tuple([real, real, real]),
    least: real,
  }),
  views: z.object({
    points: count,
    previous: real,
    run: count,
    shortResidual: real,
    longResidual: real,
    roughness: real,
    shortValue: real,
    longValue: real,
    squares: z.tuple([real, real, real]),
  }),
  peaks: z.array(z.object({ largest: floats, size: count, present: real })).length(VIEWS.length),
  quiet: z.object({ since: real, count: real }),
}) satisfies z.ZodType<DetectorState>;

const stored = z.object({ version: z.literal(VERSION), state: storedState });

/** @returns the state as JSON of a few kB, from which parseState goes on to the last digit */
export function serializeState(state: DetectorState): string {
  const replace = (_: string, value: unknown) =>
    value instanceof Float32Array || value instanceof Uint8Array ? encode(value) : value;
  return JSON.stringify({ version: VERSION, state }, replace);
}

/**
 * Reads what serializeState made.
 * @returns null when it is of another version: the series is then learned anew
 * @throws SyntaxError or ZodError when it is no state at all
 */
export function parseState(text: string): DetectorState | null {
  const json: unknown = JSON.parse(text);
  const head = z.object({ version: z.number() }).parse(json);
  return head.version === VERSION ? stored.parse(json).state : null;
}
