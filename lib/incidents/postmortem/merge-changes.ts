import { isDeepStrictEqual } from "node:util";

/** What one save did: of each field that it changed, what was there before. */
export interface Save<Field extends string> {
  version: number;
  by: string;
  before: Partial<Record<Field, unknown>>;
  changed: readonly Field[];
}

interface Merge<Fields extends object> {
  fields: readonly (keyof Fields & string)[];
  /** As it is stored now. */
  current: Fields;
  version: number;
  wanted: Partial<Fields>;
  /** The version that the change was made on; undefined: on whatever there is. */
  base: number | undefined;
  /** What others changed up to it is overwritten knowingly. */
  seen: number | undefined;
  /** The saves since the base, the oldest first. */
  saves: readonly Save<keyof Fields & string>[];
}

/**
 * Merges what somebody wants into what others made of it meanwhile, field by field: what differs from the base was changed by
 * them; what others changed since and they did not touch stays as it is; what both changed is a conflict. Pure.
 * @returns the fields to write, and by field who changed it too
 */
export function mergeChanges<Fields extends object>({
  fields,
  current,
  version,
  wanted,
  base,
  seen,
  saves,
}: Merge<Fields>): {
  changed: Partial<Fields>;
  conflicts: { field: keyof Fields & string; by: string }[];
} {
  const changed: Partial<Fields> = {};
  const conflicts: { field: keyof Fields & string; by: string }[] = [];
  const isWhole = base === undefined || base >= version || saves[0]?.version === base + 1;
  for (const field of fields) {
    if (wanted[field] === undefined || isDeepStrictEqual(wanted[field], current[field])) continue;
    const later = base === undefined ? [] : saves.filter((save) => save.version > base && save.changed.includes(field));
    const [first] = later;
    if (first && isWhole && isDeepStrictEqual(wanted[field], first.before[field])) continue;
    const last = later.at(-1) ?? (isWhole ? undefined : { version, by: "Somebody" });
    if (last && last.version > (seen ?? 0)) conflicts.push({ field, by: last.by });
    else changed[field] = wanted[field];
  }
  return { changed, conflicts };
}
