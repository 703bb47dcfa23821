import { createHash } from "node:crypto";
import type { SeriesKey } from "./sample";

/** SHA-256 of name, unit and the metadata with sorted keys: the same series has one hash, in whatever order its labels came. */
export function seriesHash({ name, unit, metadata = {} }: SeriesKey): Buffer {
  const entries = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256")
    .update(JSON.stringify([name, unit, entries]))
    .digest();
}
