import { createClient } from "redis";
import { guardedLookup, refuseLiteral } from "@/lib/core/connection";
import { networkFailure, orEnded } from "@/lib/core/network-errors";
import { createTtlCache } from "@/lib/core/ttl-cache";

/** What the check does with a cache. A value that nobody deletes goes by itself after some seconds. */
export interface CacheDriver {
  write: (key: string, value: string) => Promise<unknown>;
  read: (key: string) => Promise<string | undefined>;
  remove: (key: string) => Promise<unknown>;
}

const TTL_SECONDS = 10;

const memory = createTtlCache({ now: () => new Date() });

/** The cache in this process's memory, as pages and verbs use it. */
export function withMemory<T>(use: (driver: CacheDriver) => Promise<T>): Promise<T> {
  return use({
    write: (key, value) => memory.get(key, TTL_SECONDS * 1000, () => Promise.resolve(value)),
    read: async (key) => {
      const found = await memory.get<string | undefined>(key, TTL_SECONDS * 1000, () => Promise.resolve(undefined));
      if (found === undefined) memory.clear(key);
      return found;
    },
    remove: (key) => Promise.resolve(memory.clear(key)),
  });
}

/**
 * A fresh connection to a Redis, destroyed afterwards.
 * @throws NetworkFailure "connection refused", Redis's own words, "timed out after 4 s while …"
 */
export async function withRedis<T>(
  url: string,
  signal: AbortSignal,
  use: (driver: CacheDriver) => Promise<T>,
): Promise<T> {
  const { hostname } = new URL(url);
  refuseLiteral(hostname.replace(/^\[|\]$/g, ""));
  const client = createClient({ url, socket: { reconnectStrategy: false, lookup: guardedLookup() } });
  // What breaks the connection is reported by what waits for it.
  client.on("error", () => undefined);
  const ask = <R>(work: Promise<R>, stage: string): Promise<R> =>
    orEnded(work, signal, stage).catch((error: unknown) => {
      throw networkFailure(error, hostname);
    });
  try {
    await ask(client.connect(), "connecting");
    return await use({
      write: (key, value) => ask(client.set(key, value, { expiration: { type: "EX", value: TTL_SECONDS } }), "writing"),
      read: async (key) => (await ask(client.get(key), "reading")) ?? undefined,
      remove: (key) => ask(client.del(key), "deleting"),
    });
  } finally {
    client.destroy();
  }
}
