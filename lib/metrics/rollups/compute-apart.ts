import { DatabaseError, type PoolClient } from "pg";
import { isDatabaseAway } from "@/lib/db/database-away";
import { computeDistributions } from "./compute-distributions";
import { computeValues } from "./compute-values";
import type { Tier } from "./watermarks";

/** So many series at fault, and no more are looked for. */
const MAX_FAULTS = 20;

/** Why a bucket could not be computed. */
export interface ComputeFailure {
  /** Of the first that failed. */
  message: string;
  /** The series that are at fault, as far as they were looked for: all others are computed. Empty where no series is. */
  seriesIds: number[];
}

/**
 * Computes one hour or day. What fails by the rows of a series (a number that is too large, a sketch that can't be read) is
 * found by halving and left out, so that it costs the others nothing.
 * @param series all where left out @returns undefined when all of it was computed
 * @throws when the connection breaks: then the transaction is over
 */
export async function computeApart(
  client: PoolClient,
  tier: Tier,
  bucket: Date,
  series?: readonly number[],
): Promise<ComputeFailure | undefined> {
  const failure = await attempt(client, tier, bucket, series);
  if (!failure) return undefined;
  if (!isAboutRows(failure)) return { message: failure.message, seriesIds: [] };
  const seriesIds: number[] = [];
  const parts = halve(series ?? (await allSeries(client)));
  for (let part = parts.pop(); part && seriesIds.length < MAX_FAULTS; part = parts.pop()) {
    const [only] = part;
    if (!(await attempt(client, tier, bucket, part))) continue;
    if (part.length === 1 && only !== undefined) seriesIds.push(only);
    else parts.push(...halve(part));
  }
  return { message: failure.message, seriesIds };
}

/** In a savepoint: what fails leaves nothing behind, and what was done before stays. */
async function attempt(
  client: PoolClient,
  tier: Tier,
  bucket: Date,
  series?: readonly number[],
): Promise<Error | undefined> {
  await client.query("SAVEPOINT bucket");
  try {
    await computeValues(client, tier, bucket, series);
    await computeDistributions(client, tier, bucket, series);
    await client.query("RELEASE SAVEPOINT bucket");
    return undefined;
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    await client.query("ROLLBACK TO SAVEPOINT bucket");
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Classes 22 (data exception) and 23 (integrity violation), or what is no error of the database: a sketch that can't be read. */
const isAboutRows = (error: Error): boolean => !(error instanceof DatabaseError) || /^2[23]/.test(error.code ?? "");

async function allSeries(client: PoolClient): Promise<number[]> {
  return (await client.query<{ id: number }>("SELECT id FROM metric_series ORDER BY id")).rows.map(({ id }) => id);
}

function halve(series: readonly number[]): (readonly number[])[] {
  if (series.length <= 1) return [series];
  const middle = Math.floor(series.length / 2);
  return [series.slice(0, middle), series.slice(middle)];
}
