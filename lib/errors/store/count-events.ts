import type { PoolClient } from "pg";
import { groupBy } from "@/lib/core/group-by";
import { decideStatus } from "../groups/decide-status";
import type { EventRow } from "./event-row";
import type { LockedGroup } from "./find-groups";

const HOUR_MS = 3_600_000;
/** Most values of a tag that are counted of a group, and most tags and values of it altogether. */
const MAX_VALUES = 100;
const MAX_TAG_ROWS = 5_000;

const HOURS = `
  INSERT INTO error_group_hours (group_id, hour, count)
  SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::int[])
  ON CONFLICT (group_id, hour) DO UPDATE SET count = error_group_hours.count + excluded.count`;

const USERS = `
  INSERT INTO error_group_users (group_id, user_key, email, username, ip_address)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[])
  ON CONFLICT DO NOTHING RETURNING group_id AS "groupId"`;

// `nth` among the values of this batch: together with those that are there they must not be too many.
const TAGS = `
  INSERT INTO error_group_tags (group_id, key, value, count)
  SELECT group_id, key, value, count FROM (
    SELECT *, row_number() OVER (PARTITION BY group_id, key) AS nth
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::int[]) AS given (group_id, key, value, count)
  ) AS met
  WHERE EXISTS (SELECT FROM error_group_tags t WHERE t.group_id = met.group_id AND t.key = met.key AND t.value = met.value)
    OR ((SELECT count(*) FROM (SELECT FROM error_group_tags t WHERE t.group_id = met.group_id AND t.key = met.key LIMIT ${MAX_VALUES}) AS v) + nth <= ${MAX_VALUES}
      AND (SELECT count(*) FROM (SELECT FROM error_group_tags t WHERE t.group_id = met.group_id LIMIT ${MAX_TAG_ROWS}) AS a) < ${MAX_TAG_ROWS})
  ON CONFLICT (group_id, key, value) DO UPDATE SET count = error_group_tags.count + excluded.count`;

const UPDATE = `
  UPDATE error_groups g SET
    type = u.type, value = u.value, culprit = u.culprit, level = u.level, first_seen_at = u.first_seen_at,
    last_seen_at = u.last_seen_at, first_release = u.first_release, last_release = u.last_release,
    event_count = g.event_count + u.events, user_count = g.user_count + u.users
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::error_level[], $6::timestamptz[], $7::timestamptz[],
    $8::text[], $9::text[], $10::int[], $11::int[])
    AS u (id, type, value, culprit, level, first_seen_at, last_seen_at, first_release, last_release, events, users)
  WHERE g.id = u.id`;

const COUNT_ONLY = `
  UPDATE error_groups g SET
    first_seen_at = u.first_seen_at, first_release = u.first_release, event_count = g.event_count + u.events,
    user_count = g.user_count + u.users
  FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::int[], $5::int[])
    AS u (id, first_seen_at, first_release, events, users)
  WHERE g.id = u.id`;

const REOPEN = `
  UPDATE error_groups SET status = 'open', resolved_at = NULL, resolved_after = NULL, ignored_until = NULL,
    ignored_until_count = NULL, regressed_at = CASE WHEN id = ANY($2::uuid[]) THEN $3::timestamptz ELSE regressed_at END
  WHERE id = ANY($1::uuid[])`;

interface Counted {
  /** Those that were not there before. */
  rows: readonly EventRow[];
  groupOf: ReadonlyMap<EventRow, string>;
  /** Locked. */
  groups: ReadonlyMap<string, LockedGroup>;
  now: Date;
}

/**
 * Counts events in their groups, by hour, user and tag, and opens again what comes back.
 * @returns whether a group is new or was opened again
 */
export async function countEvents(client: PoolClient, { rows, groupOf, groups, now }: Counted): Promise<boolean> {
  const byGroup = [...groupBy(rows, (row) => groupOf.get(row) ?? "")].sort(([a], [b]) => (a < b ? -1 : 1));
  await countHours(client, byGroup);
  const newUsers = await countUsers(client, byGroup);
  await countTags(client, byGroup);
  const updates = byGroup.flatMap(([id, events]) => {
    const group = groups.get(id);
    return group ? [{ group, events, users: newUsers.get(id) ?? 0 }] : [];
  });
  await updateGroups(client, updates);
  return reopenGroups(client, updates, now);
}

type ByGroup = readonly (readonly [groupId: string, events: EventRow[]])[];

async function countHours(client: PoolClient, byGroup: ByGroup): Promise<void> {
  const hours = byGroup.flatMap(([id, events]) =>
    [...groupBy(events, ({ occurredAt }) => Math.floor(occurredAt.getTime() / HOUR_MS))].map(([hour, those]) => ({
      id,
      hour: new Date(hour * HOUR_MS).toISOString(),
      count: those.length,
    })),
  );
  await client.query({
    name: "count-error-hours",
    text: HOURS,
    values: [hours.map(({ id }) => id), hours.map(({ hour }) => hour), hours.map(({ count }) => count)],
  });
}

/** @returns how many users each group had not had before */
async function countUsers(client: PoolClient, byGroup: ByGroup): Promise<Map<string, number>> {
  const users = byGroup.flatMap(([id, events]) => {
    const known = new Map(events.flatMap(({ user }) => (user ? [[user.key, user] as const] : [])));
    return [...known.values()].map((user) => ({ id, ...user }));
  });
  const counts = new Map<string, number>();
  if (users.length === 0) return counts;
  const { rows } = await client.query<{ groupId: string }>({
    name: "count-error-users",
    text: USERS,
    values: [
      users.map(({ id }) => id),
      users.map(({ key }) => key),
      users.map(({ email }) => email),
      users.map(({ username }) => username),
      users.map(({ ipAddress }) => ipAddress),
    ],
  });
  for (const { groupId } of rows) counts.set(groupId, (counts.get(groupId) ?? 0) + 1);
  return counts;
}

async function countTags(client: PoolClient, byGroup: ByGroup): Promise<void> {
  const tags: { id: string; key: string; value: string; count: number }[] = [];
  for (const [id, events] of byGroup) {
    const met = new Map<string, { id: string; key: string; value: string; count: number }>();
    for (const event of events)
      for (const [key, value] of event.tags) {
        const name = `${key}\n${value}`;
        const tag = met.get(name);
        if (tag) tag.count += 1;
        else met.set(name, { id, key, value, count: 1 });
      }
    tags.push(...met.values());
  }
  if (tags.length === 0) return;
  await client.query({
    name: "count-error-tags",
    text: TAGS,
    values: [
      tags.map(({ id }) => id),
      tags.map(({ key }) => key),
      tags.map(({ value }) => value),
      tags.map(({ count }) => count),
    ],
  });
}

interface Update {
  group: LockedGroup;
  events: readonly EventRow[];
  users: number;
}

/** A group is named by its latest event; one that comes late only counts. */
async function updateGroups(client: PoolClient, updates: readonly Update[]): Promise<void> {
  const lines = updates.map(({ group, events, users }) => {
    const first = events.reduce((a, b) => (b.occurredAt < a.occurredAt ? b : a));
    const latest = events.reduce((a, b) => (b.occurredAt >= a.occurredAt ? b : a));
    const isEarlier = first.occurredAt < group.firstSeenAt;
    return {
      group,
      latest,
      isLatest: latest.occurredAt >= group.lastSeenAt,
      firstSeenAt: (isEarlier ? first.occurredAt : group.firstSeenAt).toISOString(),
      firstRelease: (isEarlier ? first.release : group.firstRelease) || latest.release,
      events: events.length,
      users,
    };
  });
  const current = lines.filter(({ isLatest }) => isLatest);
  if (current.length > 0)
    await client.query({
      name: "update-error-groups",
      text: UPDATE,
      values: [
        current.map(({ group }) => group.id),
        current.map(({ latest }) => latest.title.type),
        current.map(({ latest }) => latest.title.value),
        current.map(({ latest }) => latest.title.culprit),
        current.map(({ latest }) => latest.level),
        current.map(({ firstSeenAt }) => firstSeenAt),
        current.map(({ latest }) => latest.occurredAt.toISOString()),
        current.map(({ firstRelease }) => firstRelease),
        current.map(({ latest, group }) => latest.release || group.lastRelease),
        current.map(({ events }) => events),
        current.map(({ users }) => users),
      ],
    });
  const late = lines.filter(({ isLatest }) => !isLatest);
  if (late.length > 0)
    await client.query(COUNT_ONLY, [
      late.map(({ group }) => group.id),
      late.map(({ firstSeenAt }) => firstSeenAt),
      late.map(({ firstRelease }) => firstRelease),
      late.map(({ events }) => events),
      late.map(({ users }) => users),
    ]);
}

async function reopenGroups(client: PoolClient, updates: readonly Update[], now: Date): Promise<boolean> {
  const decided = updates.map(({ group, events }) => ({
    group,
    decision: decideStatus(group, events, group.eventCount + events.length, now),
  }));
  const reopened = decided.filter(({ decision }) => decision.change);
  if (reopened.length > 0)
    await client.query(REOPEN, [
      reopened.map(({ group }) => group.id),
      reopened.filter(({ decision }) => decision.reason === "regressed").map(({ group }) => group.id),
      now,
    ]);
  return reopened.length > 0 || updates.some(({ group }) => group.isNew);
}
