import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import type { GroupState } from "../groups/decide-status";
import type { EventRow } from "./event-row";

/** A group was merged or deleted between the look for it and its lock: look again. */
export class GroupsMoved extends Error {
  override name = "GroupsMoved";
}

/** A group as it is while its row is locked. */
export interface LockedGroup extends GroupState {
  id: string;
  isNew: boolean;
  firstSeenAt: Date;
  lastSeenAt: Date;
  eventCount: number;
  firstRelease: string;
  lastRelease: string;
}

const FIND = `
  SELECT k.project_id AS "projectId", encode(k.key, 'hex') AS key, k.group_id AS "groupId"
  FROM unnest($1::int[], $2::text[]) AS wanted (project_id, key)
  JOIN error_group_keys k ON k.project_id = wanted.project_id AND k.key = decode(wanted.key, 'hex')`;

// By their id, so that two processes never wait for each other.
const LOCK = `
  SELECT id, status, resolved_at AS "resolvedAt", resolved_after AS "resolvedAfter", ignored_until AS "ignoredUntil",
    ignored_until_count::float8 AS "ignoredUntilCount", first_seen_at AS "firstSeenAt", last_seen_at AS "lastSeenAt",
    event_count::float8 AS "eventCount", first_release AS "firstRelease", last_release AS "lastRelease"
  FROM error_groups WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`;

const CREATE = `
  INSERT INTO error_groups
    (id, project_id, type, value, culprit, level, first_seen_at, last_seen_at, first_release, last_release, created_at)
  SELECT *, $10::timestamptz FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::error_level[],
    $7::timestamptz[], $7::timestamptz[], $8::text[], $9::text[])`;

const ADD_KEYS = `
  INSERT INTO error_group_keys (project_id, key, version, group_id)
  SELECT project_id, decode(key, 'hex'), version, group_id
  FROM unnest($1::int[], $2::text[], $3::int[], $4::uuid[]) AS added (project_id, key, version, group_id)
  ON CONFLICT DO NOTHING`;

interface Groups {
  groupOf: Map<EventRow, string>;
  groups: Map<string, LockedGroup>;
}

/**
 * Finds the group of each event by its keys, the current algorithm's first; makes those that are not there. A group that was
 * found by an older algorithm's key gets the current one too. The groups are locked until the transaction ends.
 * @throws GroupsMoved
 */
export async function findGroups(client: PoolClient, rows: readonly EventRow[], now: Date): Promise<Groups> {
  let known = await lookUp(client, rows);
  const created = new Set<string>();
  const missing = rows.filter((row) => groupByKeys(known, row) === undefined);
  if (missing.length > 0) {
    // One process at a time makes groups of a project: two that meet the same new error make one.
    for (const projectId of [...new Set(missing.map((row) => row.projectId))].sort((a, b) => a - b))
      await client.query("SELECT pg_advisory_xact_lock(hashtext('watchkeeper.error-groups'), $1)", [projectId]);
    const again = await lookUp(client, missing);
    known = new Map([...known, ...again]);
    await createGroups(client, missing, known, created, now);
  }
  const groupOf = new Map<EventRow, string>();
  for (const row of rows) {
    const groupId = groupByKeys(known, row);
    if (groupId !== undefined) groupOf.set(row, groupId);
  }
  await addCurrentKeys(client, rows, { known, created, groupOf });
  const ids = [...new Set(groupOf.values())];
  const locked = await client.query<Omit<LockedGroup, "isNew">>({
    name: "lock-error-groups",
    text: LOCK,
    values: [ids],
  });
  if (locked.rows.length < ids.length) throw new GroupsMoved();
  const groups = new Map(locked.rows.map((group) => [group.id, { ...group, isNew: created.has(group.id) }]));
  return { groupOf, groups };
}

const keyName = (projectId: number, hex: string): string => `${projectId} ${hex}`;

const groupByKeys = (known: ReadonlyMap<string, string>, { projectId, keys }: EventRow): string | undefined => {
  for (const { key } of keys) {
    const groupId = known.get(keyName(projectId, key.toString("hex")));
    if (groupId !== undefined) return groupId;
  }
  return undefined;
};

/** The groups of all keys of these events, by project and key. */
async function lookUp(client: PoolClient, rows: readonly EventRow[]): Promise<Map<string, string>> {
  const wanted = new Map(
    rows.flatMap(({ projectId, keys }) =>
      keys.map(({ key }) => {
        const hex = key.toString("hex");
        return [keyName(projectId, hex), { projectId, hex }] as const;
      }),
    ),
  );
  const list = [...wanted.values()];
  const found = await client.query<{ projectId: number; key: string; groupId: string }>({
    name: "find-error-groups",
    text: FIND,
    values: [list.map(({ projectId }) => projectId), list.map(({ hex }) => hex)],
  });
  return new Map(found.rows.map(({ projectId, key, groupId }) => [keyName(projectId, key), groupId]));
}

async function createGroups(
  client: PoolClient,
  missing: readonly EventRow[],
  known: Map<string, string>,
  created: Set<string>,
  now: Date,
): Promise<void> {
  const fresh: { id: string; row: EventRow }[] = [];
  for (const row of missing) {
    const [current] = row.keys;
    if (!current || groupByKeys(known, row) !== undefined) continue;
    const id = randomUUID();
    known.set(keyName(row.projectId, current.key.toString("hex")), id);
    created.add(id);
    fresh.push({ id, row });
  }
  await client.query(CREATE, [
    fresh.map(({ id }) => id),
    fresh.map(({ row }) => row.projectId),
    fresh.map(({ row }) => row.title.type),
    fresh.map(({ row }) => row.title.value),
    fresh.map(({ row }) => row.title.culprit),
    fresh.map(({ row }) => row.level),
    fresh.map(({ row }) => row.occurredAt.toISOString()),
    fresh.map(({ row }) => row.release),
    fresh.map(({ row }) => row.release),
    now.toISOString(),
  ]);
}

/** So that the next event is found by the current key, also when the older algorithms are gone. */
async function addCurrentKeys(
  client: PoolClient,
  rows: readonly EventRow[],
  {
    known,
    created,
    groupOf,
  }: { known: ReadonlyMap<string, string>; created: ReadonlySet<string>; groupOf: ReadonlyMap<EventRow, string> },
): Promise<void> {
  const added = new Map<string, { projectId: number; hex: string; version: number; groupId: string }>();
  for (const row of rows) {
    const [current] = row.keys;
    const groupId = groupOf.get(row);
    if (!current || groupId === undefined) continue;
    const hex = current.key.toString("hex");
    const name = keyName(row.projectId, hex);
    const isStored = known.get(name) === groupId && !created.has(groupId);
    if (!isStored) added.set(name, { projectId: row.projectId, hex, version: current.version, groupId });
  }
  if (added.size === 0) return;
  const list = [...added.values()];
  await client.query(ADD_KEYS, [
    list.map(({ projectId }) => projectId),
    list.map(({ hex }) => hex),
    list.map(({ version }) => version),
    list.map(({ groupId }) => groupId),
  ]);
}
