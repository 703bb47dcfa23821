import { DatabaseError, type Pool, type PoolClient } from "pg";
import { notifyChange } from "@/lib/core/changes";
import { inTransaction } from "@/lib/db/in-transaction";
import { jsonbArray } from "@/lib/metrics/writer/array-params";
import { isWithoutPartition } from "@/lib/metrics/writer/insert-rows";
import type { PartitionDays } from "@/lib/metrics/writer/partition-days";
import { countEvents } from "./count-events";
import type { EventOutcome, EventRow } from "./event-row";
import { findGroups, GroupsMoved } from "./find-groups";

export interface BatchParts {
  sql: Pool;
  days: PartitionDays;
  now: () => Date;
  /** Asked whether pages are to be told of events that are nothing new; says yes now and then. */
  shouldTell: () => boolean;
}

const TRIES = 5;
/** Deadlock and serialisation failure: nothing is wrong with what was written, it only has to be written again. */
const AGAIN = new Set(["40P01", "40001"]);

/**
 * Commits the events of several callers in one transaction: each finds or makes its group, is stored once, and is counted.
 * @returns what became of each, in their order
 * @throws when the database is away: then nobody knows what was stored, and sending it again is safe
 */
export async function writeBatch(parts: BatchParts, rows: readonly EventRow[]): Promise<EventOutcome[]> {
  const { sql, days } = parts;
  if (rows.some(({ occurredAt }) => !days.has(occurredAt.getTime()))) await days.refresh();
  for (let tries = 1; ; tries += 1) {
    try {
      const kept = rows.filter(({ occurredAt }) => days.has(occurredAt.getTime()));
      const outcomes =
        kept.length > 0
          ? await inTransaction(sql, (client) => commit(parts, client, kept))
          : new Map<EventRow, EventOutcome>();
      return rows.map((row) => outcomes.get(row) ?? tooOld(row, days));
    } catch (error) {
      const isAgain = error instanceof GroupsMoved || (error instanceof DatabaseError && AGAIN.has(error.code ?? ""));
      if (tries >= TRIES || !(isAgain || isWithoutPartition(error))) throw error;
      // A worker has dropped a day since this process asked last.
      if (!isAgain) await days.refresh(true);
    }
  }
}

const tooOld = ({ occurredAt }: EventRow, days: PartitionDays): EventOutcome => ({
  result: "refused",
  reason: `it happened at ${occurredAt.toISOString()}, and events are kept ${days.span()}`,
});

const PROJECTS = "SELECT id FROM projects WHERE id = ANY($1) FOR KEY SHARE";

const INSERT = `
  INSERT INTO error_events
    (project_id, id, occurred_at, received_at, group_id, level, release, environment, user_key, trace_id, data)
  SELECT * FROM unnest($1::int[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::uuid[], $6::error_level[],
    $7::text[], $8::text[], $9::text[], $10::text[], $11::jsonb[])
  ON CONFLICT DO NOTHING RETURNING project_id AS "projectId", id`;

async function commit(
  { now, shouldTell }: BatchParts,
  client: PoolClient,
  rows: readonly EventRow[],
): Promise<Map<EventRow, EventOutcome>> {
  const outcomes = new Map<EventRow, EventOutcome>();
  // Held until the commit, so that no project is deleted under its events.
  const projects = await client.query<{ id: number }>(PROJECTS, [[...new Set(rows.map(({ projectId }) => projectId))]]);
  const known = new Set(projects.rows.map(({ id }) => id));
  const ours = rows.filter(({ projectId }) => known.has(projectId));
  for (const row of rows)
    if (!known.has(row.projectId)) outcomes.set(row, { result: "refused", reason: "its project was deleted" });
  if (ours.length === 0) return outcomes;

  const { groupOf, groups } = await findGroups(client, ours, now());
  const stored = await insertEvents(client, ours, groupOf);
  for (const row of ours) {
    const groupId = groupOf.get(row);
    outcomes.set(row, { result: stored.has(row) ? "stored" : "duplicate", ...(groupId && { groupId }) });
  }
  if (stored.size === 0) return outcomes;
  const isNews = await countEvents(client, { rows: [...stored], groupOf, groups, now: now() });
  if (isNews || shouldTell()) await notifyChange(client, { topic: "errors", ...(isNews && { flip: true }) });
  return outcomes;
}

/** @returns the rows that were not there before */
async function insertEvents(
  client: PoolClient,
  rows: readonly EventRow[],
  groupOf: ReadonlyMap<EventRow, string>,
): Promise<Set<EventRow>> {
  const inserted = await client.query<{ projectId: number; id: string }>({
    name: "insert-error-events",
    text: INSERT,
    values: [
      rows.map(({ projectId }) => projectId),
      rows.map(({ id }) => id),
      rows.map(({ occurredAt }) => occurredAt.toISOString()),
      rows.map(({ receivedAt }) => receivedAt.toISOString()),
      rows.map((row) => groupOf.get(row)),
      rows.map(({ level }) => level),
      rows.map(({ release }) => release),
      rows.map(({ environment }) => environment),
      rows.map(({ user }) => user?.key ?? null),
      rows.map(({ traceId }) => traceId),
      jsonbArray(rows, ({ json }) => json),
    ],
  });
  const fresh = new Set(inserted.rows.map(({ projectId, id }) => `${projectId} ${id}`));
  // The same event twice in one batch is stored once.
  return new Set(rows.filter(({ projectId, id }) => fresh.delete(`${projectId} ${id}`)));
}
