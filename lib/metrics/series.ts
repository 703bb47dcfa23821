import { createHash } from "node:crypto";
import type { Pool } from "pg";
import { createLru, type Lru } from "./lru";
import type { Labels } from "./sample";

/** What a series is identified by. */
export interface SeriesKey {
  name: string;
  unit: string;
  metadata?: Labels;
}

/** So many series keep their number in memory, about 100 bytes each; the rest are looked up again. */
const MAX_CACHED = 20_000;

/** SHA-256 of name, unit and the metadata with sorted keys: the same series has one hash, in whatever order its labels came. */
export function seriesHash({ name, unit, metadata = {} }: SeriesKey): Buffer {
  const entries = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256")
    .update(JSON.stringify([name, unit, entries]))
    .digest();
}

// One cache a database: two pools in one process are two databases (in tests at least).
const caches = new WeakMap<Pool, Lru<string, number>>();

function cacheOf(sql: Pool): Lru<string, number> {
  const known = caches.get(sql);
  if (known) return known;
  const made = createLru<string, number>(MAX_CACHED);
  caches.set(sql, made);
  return made;
}

/**
 * The numbers of these series, in the same order; those that are new are made.
 * Two processes that meet the same new series at the same time get the same number.
 */
export async function resolveSeries(sql: Pool, keys: readonly SeriesKey[]): Promise<number[]> {
  const cache = cacheOf(sql);
  const found = new Map<string, number>();
  const missing = new Map<string, SeriesKey>();
  const ids = keys.map((key) => {
    const id = seriesHash(key).toString("hex");
    const known = found.get(id) ?? cache.get(id);
    if (known === undefined) missing.set(id, key);
    else found.set(id, known);
    return id;
  });
  if (missing.size > 0) {
    for (const [hash, id] of await findOrCreate(sql, missing)) {
      cache.set(hash, id);
      found.set(hash, id);
    }
  }
  return ids.map((hash) => {
    const id = found.get(hash);
    if (id === undefined) throw new Error("a metric series was neither found nor made");
    return id;
  });
}

const FIND = "SELECT id, encode(hash, 'hex') AS hash FROM metric_series WHERE hash = ANY($1::bytea[])";
const CREATE = `
  INSERT INTO metric_series (name, unit, metadata, hash)
  SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::bytea[])
  ON CONFLICT (hash) DO NOTHING`;

async function findOrCreate(sql: Pool, wanted: ReadonlyMap<string, SeriesKey>): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  const find = async (hashes: string[]) => {
    const { rows } = await sql.query<{ id: number; hash: string }>(FIND, [hashes.map(bytea)]);
    for (const row of rows) ids.set(row.hash, row.id);
  };
  await find([...wanted.keys()]);
  // In one order everywhere: two processes that make the same series would else wait for each other.
  const fresh = [...wanted].filter(([hash]) => !ids.has(hash)).sort(([a], [b]) => (a < b ? -1 : 1));
  if (fresh.length === 0) return ids;
  await sql.query(CREATE, [
    fresh.map(([, key]) => key.name),
    fresh.map(([, key]) => key.unit),
    fresh.map(([, key]) => JSON.stringify(key.metadata ?? {})),
    fresh.map(([hash]) => bytea(hash)),
  ]);
  // Looked up anew rather than returned: a row that another process made first is not among what this one inserted.
  await find(fresh.map(([hash]) => hash));
  return ids;
}

const bytea = (hex: string): string => `\\x${hex}`;
