import type { Pool } from "pg";
import { inTransaction } from "@/lib/db/in-transaction";
import type { MetricKind, SeriesKey } from "../sample";
import { seriesHash } from "../series-hash";
import type { SeriesRef } from "./series-ref";

/** Most series of one name, and most that one API token may make. */
export interface SeriesLimits {
  perName: number;
  perToken: number;
}

const FIND = "SELECT id, kind, encode(hash, 'hex') AS hash FROM metric_series WHERE hash = ANY($1::bytea[])";

const COUNT_NAMES = "SELECT name AS key, count(*)::int AS count FROM metric_series WHERE name = ANY($1) GROUP BY name";
const COUNT_TOKENS = `
  SELECT created_by::text AS key, count(*)::int AS count FROM metric_series WHERE created_by = ANY($1::uuid[]) GROUP BY created_by`;

const CREATE = `
  INSERT INTO metric_series (name, unit, metadata, hash, kind, created_by)
  SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::bytea[], $5::metric_kind[], $6::uuid[])
  ON CONFLICT (hash) DO NOTHING`;

const bytea = (hex: string): string => `\\x${hex}`;

/**
 * Finds the numbers and kinds of these series, and makes those that are new as long as the limits allow. Two processes that
 * meet the same new series at the same time get the same number.
 */
export async function findSeries(sql: Pool, refs: readonly SeriesRef[], limits: SeriesLimits): Promise<void> {
  const byHash = new Map<string, SeriesRef[]>();
  for (const ref of refs) {
    const hash = seriesHash(ref).toString("hex");
    const same = byHash.get(hash);
    if (same) same.push(ref);
    else byHash.set(hash, [ref]);
  }
  await find(sql, byHash);
  const fresh = [...byHash].filter(([, [ref]]) => ref?.id === 0);
  if (fresh.length === 0) return;
  await create(sql, fresh, limits);
  // Looked up anew rather than returned: a row that another process made first is not among what this one inserted.
  await find(sql, byHash);
}

async function find(sql: Pool, byHash: ReadonlyMap<string, SeriesRef[]>): Promise<void> {
  const { rows } = await sql.query<{ id: number; kind: MetricKind; hash: string }>(FIND, [
    [...byHash.keys()].map(bytea),
  ]);
  for (const { id, kind, hash } of rows)
    for (const ref of byHash.get(hash) ?? []) Object.assign(ref, { id, kind, refusal: undefined });
}

async function create(
  sql: Pool,
  fresh: readonly (readonly [hash: string, refs: SeriesRef[]])[],
  limits: SeriesLimits,
): Promise<void> {
  await inTransaction(sql, async (client) => {
    // One at a time, so that what is counted stays true until it is committed.
    await client.query("SELECT pg_advisory_xact_lock(hashtext('watchkeeper.series'))");
    const count = async (statement: string, keys: readonly (string | null | undefined)[]) => {
      const { rows } = await client.query<{ key: string; count: number }>(statement, [
        [...new Set(keys)].filter((key) => typeof key === "string"),
      ]);
      return new Map(rows.map((row) => [row.key, row.count]));
    };
    const names = await count(
      COUNT_NAMES,
      fresh.map(([, [ref]]) => ref?.name),
    );
    const tokens = await count(
      COUNT_TOKENS,
      fresh.map(([, [ref]]) => ref?.createdBy),
    );
    const made = fresh.flatMap(([hash, refs]) => {
      // Asked for by several tokens at once, it is made by the first that may.
      const maker = refs.find((ref) => {
        const counts = { ofName: names.get(ref.name) ?? 0, ofToken: tokens.get(ref.createdBy ?? "") ?? 0 };
        ref.refusal = decideLimit(ref, counts, limits);
        return ref.refusal === undefined;
      });
      if (!maker) return [];
      const { name, createdBy } = maker;
      names.set(name, (names.get(name) ?? 0) + 1);
      if (createdBy !== null) tokens.set(createdBy, (tokens.get(createdBy) ?? 0) + 1);
      return [{ hash, ref: maker }];
    });
    await client.query(CREATE, [
      made.map(({ ref }) => ref.name),
      made.map(({ ref }) => ref.unit),
      made.map(({ ref }) => JSON.stringify(ref.metadata ?? {})),
      made.map(({ hash }) => bytea(hash)),
      made.map(({ ref }) => ref.kind),
      made.map(({ ref }) => ref.createdBy),
    ]);
  });
}

/** May one more series be made? The reason against it, or undefined. Pure. */
export function decideLimit(
  { name, createdBy }: SeriesKey & { createdBy: string | null },
  counts: { ofName: number; ofToken: number },
  limits: SeriesLimits,
): string | undefined {
  const advice =
    "A label with ever new values (a user, an address, an id) makes a series of each: leave it out, or raise the limit in monitoring.config.ts";
  if (counts.ofName >= limits.perName)
    return `${name} has ${limits.perName.toLocaleString("en")} series already, the most that one name may have. ${advice} (metrics.seriesLimits.perName).`;
  if (createdBy !== null && counts.ofToken >= limits.perToken)
    return `This API token has made ${limits.perToken.toLocaleString("en")} series already, the most that one token may make. ${advice} (metrics.seriesLimits.perToken).`;
  return undefined;
}
