import type { Labels, MetricKind, SeriesKey } from "../sample";

/** A series as the writer knows it: shared by all samples of it, resolved to its number once. */
export interface SeriesRef extends SeriesKey {
  /** Its key in the cache. */
  key: string;
  /** The same with who asked for it. */
  asked: string;
  /** 0 until it was found or made in the database. */
  id: number;
  /** Once resolved the kind it is stored with; before, the kind of the sample that asked for it. */
  kind: MetricKind;
  /** The API token that asked for it first. */
  createdBy: string | null;
  /** Why it was not made, for the batch that asked. */
  refusal: string | undefined;
  /** The start (ms since 1970) that a sample of 0 is stored at already. */
  startedMs: number | undefined;
}

/**
 * A text that is the same for samples of one series that list their labels in the same order: the key of the cache, made
 * without sorting or hashing. Undefined when a label is no text, number or boolean.
 */
export function cacheKey(name: string, unit: string, metadata: Labels | undefined): string | undefined {
  let key = `${name}\0${unit}`;
  if (metadata === undefined) return key;
  // for…in is the fastest way over a small object; what JSON and our own code make inherits nothing.
  for (const label in metadata) {
    const value = metadata[label];
    if (typeof value === "string") key += `\0${label}\0s${value}`;
    else if (typeof value === "number" || typeof value === "boolean") key += `\0${label}\0${value}`;
    else return undefined;
  }
  return key;
}
