import type { Context } from "@/lib/core/context";
import { type TtlCache, createTtlCache } from "@/lib/core/ttl-cache";
import type { PrismaClient } from "@/lib/db/generated/client";

/** How long a key and its project's settings are believed without asking the database. */
export const BELIEVED_MS = 10_000;

const KEY = Symbol.for("watchkeeper.projects");
const holder: typeof globalThis & { [KEY]?: WeakMap<PrismaClient, TtlCache> } = globalThis;

/**
 * What this process remembers of projects and their keys, also of those that do not exist: a client with a wrong key sends
 * without end. On globalThis because server.ts and Next's bundle hold two copies of this module.
 */
export function projectCache({ db, now }: Pick<Context, "db" | "now">): TtlCache {
  const caches = (holder[KEY] ??= new WeakMap());
  const existing = caches.get(db);
  if (existing) return existing;
  const cache = createTtlCache({ now, maxEntries: 5_000 });
  caches.set(db, cache);
  return cache;
}
