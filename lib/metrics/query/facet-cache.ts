import type { Pool } from "pg";
import type { Context } from "@/lib/core/context";
import { type TtlCache, createTtlCache } from "@/lib/core/ttl-cache";

/** A new series is found so much later at most; somebody who types asks several times a second. */
const TTL_MS = 5_000;
const MAX_ENTRIES = 500;

const caches = new WeakMap<Pool, TtlCache>();

/** What names and labels there are, kept for a few seconds: one cache for each database. A key always holds the same type. */
export function facetCache({ sql, now }: Context): { get: <T>(key: string, load: () => Promise<T>) => Promise<T> } {
  const cache = caches.get(sql) ?? createTtlCache({ now, maxEntries: MAX_ENTRIES });
  caches.set(sql, cache);
  return { get: (key, load) => cache.get(key, TTL_MS, load) };
}
