import { z } from "zod";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseUtc } from "./iso-time";
import { type Labels, type Sample, sampleInput, type ValueKind } from "./sample";
import { writeSamples } from "./write-samples";
import type { RejectedSample, WriteOutcome } from "./writer/rows";

/** Most samples of one request. */
export const MAX_SAMPLES = 10_000;

/** One sample as it comes: what `recordMetric` takes; the present time where it has none. */
export const jsonSample = sampleInput;

/** The body's frame: what the samples are is looked at one by one, so that a wrong one does not cost the right ones. */
export const jsonSamples = z.object({
  samples: z
    .array(z.unknown())
    .min(1)
    .max(MAX_SAMPLES, `must have at most ${MAX_SAMPLES.toLocaleString("en")} samples`),
});

/**
 * Stores what a program pushed as JSON.
 * @param items as they came; what is wrong with one is told by its index
 * @throws Problem invalid when not one is right; overloaded when too many wait
 */
export async function receiveJson(context: Context, items: readonly unknown[]): Promise<WriteOutcome> {
  const { samples, places, rejected } = parseJsonSamples(items, context.now());
  const outcome =
    samples.length > 0 ? await writeSamples(context, samples) : { stored: 0, duplicates: 0, rejected: [] };
  for (const one of outcome.rejected) rejected.push({ ...one, index: places[one.index] ?? one.index });
  rejected.sort((a, b) => a.index - b.index);
  if (rejected.length < items.length) return { ...outcome, rejected };
  const issues = rejected.map(({ index, path, message }) => ({ path: join(`samples.${index}`, path), message }));
  throw new Problem("invalid", `None of the samples was stored. ${issues[0]?.path}: ${issues[0]?.message}`, issues);
}

const join = (...parts: string[]): string => parts.filter((part) => part !== "").join(".");

interface Parsed {
  samples: Sample[];
  /** Where each of them stood. */
  places: number[];
  rejected: RejectedSample[];
}

/** Reads samples; pure. A sample of the usual form is looked at by hand, 20 times as fast as by its schema, which reads the rest. */
export function parseJsonSamples(items: readonly unknown[], now: Date): Parsed {
  const parsed: Parsed = { samples: [], places: [], rejected: [] };
  const readTime = rememberTime(now);
  items.forEach((item, index) => {
    const sample = readUsual(item, readTime);
    if (sample) {
      parsed.samples.push(sample);
      parsed.places.push(index);
      return;
    }
    const { data, error } = jsonSample.safeParse(item);
    if (data) {
      parsed.samples.push({ ...data, recordedAt: data.recordedAt ?? now });
      parsed.places.push(index);
    } else {
      const [issue] = error.issues;
      parsed.rejected.push({ index, path: issue?.path.map(String).join(".") ?? "", message: issue?.message ?? "" });
    }
  });
  return parsed;
}

/** Batches mostly have one time: it is read once. */
function rememberTime(now: Date): (text: string | undefined) => Date | undefined {
  let last: string | undefined;
  let time: Date | undefined = now;
  return (text) => {
    if (text === last) return time;
    const ms = text === undefined ? now.getTime() : parseUtc(text);
    last = text;
    time = ms === undefined ? undefined : new Date(ms);
    return time;
  };
}

const KINDS: ReadonlySet<unknown> = new Set<ValueKind>(["gauge", "counter", "delta"]);
const isKind = (kind: unknown): kind is ValueKind => KINDS.has(kind);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
/** The writer looks at the labels themselves, once a series. */
const mayBeLabels = (value: unknown): value is Labels => isObject(value);

/** Name, unit and labels are looked at by the writer when it meets the series; here only that they are what they should be. */
function readUsual(item: unknown, readTime: (text: string | undefined) => Date | undefined): Sample | undefined {
  if (!isObject(item)) return undefined;
  const { name, value, unit = "", metadata, kind = "gauge", recordedAt: text } = item;
  if (typeof name !== "string" || typeof value !== "number" || typeof unit !== "string" || !isKind(kind))
    return undefined;
  if (text !== undefined && typeof text !== "string") return undefined;
  if (metadata !== undefined && !mayBeLabels(metadata)) return undefined;
  const recordedAt = readTime(text);
  return recordedAt && { name, unit, metadata, kind, value, recordedAt };
}
