interface Entry {
  expiresAt: number;
  settled: boolean;
  value: Promise<unknown>;
  /** What the load gave, once it has. */
  loaded?: unknown;
}

export interface TtlCache {
  /**
   * The cached value, or what `load` gives. Side-by-side calls share one load; a failed load is not kept.
   * @param ttlMs counts from the start of the load: what is served was read at most so long ago
   */
  get: <T>(key: string, ttlMs: number, load: () => Promise<T>) => Promise<T>;
  /** What `get` would give without any wait; undefined where it would load, or wait for a load. */
  peek: <T>(key: string) => T | undefined;
  /** Forgets every entry, or those whose key starts so. A load under way is not kept either. */
  clear: (prefix?: string) => void;
  size: () => number;
}

/**
 * A cache by time in this process's memory. An entry past its time is never served, not even when reloading fails.
 * A key always holds the same type: the key's name says what it is.
 * @param maxEntries past so many the oldest are dropped
 */
export function createTtlCache({ now, maxEntries = 1_000 }: { now: () => Date; maxEntries?: number }): TtlCache {
  const entries = new Map<string, Entry>();

  const drop = (key: string, entry: Entry) => {
    if (entries.get(key) === entry) entries.delete(key);
  };

  const start = <T>(key: string, ttlMs: number, load: () => Promise<T>): Promise<T> => {
    const value = load();
    const entry: Entry = { expiresAt: now().getTime() + ttlMs, settled: false, value };
    // Set anew, so that the map's order is the age.
    entries.delete(key);
    entries.set(key, entry);
    value.then(
      (loaded) => {
        entry.loaded = loaded;
        entry.settled = true;
      },
      () => drop(key, entry),
    );
    for (const [oldest] of entries) {
      if (entries.size <= maxEntries) break;
      entries.delete(oldest);
    }
    return value;
  };

  return {
    get: <T>(key: string, ttlMs: number, load: () => Promise<T>): Promise<T> => {
      const entry = entries.get(key);
      const usable = entry && (!entry.settled || now().getTime() < entry.expiresAt);
      // The one cast: a key names its type, as the docstring asks.
      return usable ? (entry.value as Promise<T>) : start(key, ttlMs, load);
    },
    peek: <T>(key: string): T | undefined => {
      const entry = entries.get(key);
      // As above.
      return entry?.settled && now().getTime() < entry.expiresAt ? (entry.loaded as T) : undefined;
    },
    clear: (prefix = "") => {
      for (const key of entries.keys()) if (key.startsWith(prefix)) entries.delete(key);
    },
    size: () => entries.size,
  };
}
