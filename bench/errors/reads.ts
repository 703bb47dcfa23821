import type { Context } from "@/lib/core/context";
import { getEvent, getLatestEvent } from "@/lib/errors/events/get-event";
import { listEvents } from "@/lib/errors/events/list-events";
import { getGroup } from "@/lib/errors/groups/get-group";
import { type GroupSort, listGroups } from "@/lib/errors/groups/list-groups";
import { listTrends } from "@/lib/errors/groups/list-trends";
import { listLogsAround } from "@/lib/logs/list-logs-around";
import { makePartitions } from "@/lib/db/partitions";
import { type Figure, percentile } from "../report";
import { sampleEvent } from "./sample-event";

const GROUPS = 2_000;
const DAYS = 29;
const TURNS = 60;

/** Fills the tables as a month of events leaves them; each group's share differs, as it does. */
async function fill({ sql }: Context, events: number): Promise<void> {
  const now = new Date();
  await makePartitions(sql, new Date(now.getTime() - (DAYS + 1) * 86_400_000), now);
  await sql.query(
    `INSERT INTO error_groups (id, project_id, type, value, culprit, level, status, first_seen_at, last_seen_at, event_count, user_count, first_release, last_release, resolved_at)
     SELECT ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 1000, 'TypeError' || n % 40, 'Cannot read properties of undefined (reading ''field' || n || ''')',
       'dist/module-' || n % 300 || '.js in handler' || n, 'error', CASE WHEN n % 5 = 0 THEN 'resolved' ELSE 'open' END::error_group_status,
       now() - interval '29 days', now() - n * interval '7 minutes', $1 / ${GROUPS}, 20, '1.0', '1.' || n % 9, CASE WHEN n % 5 = 0 THEN now() END
     FROM generate_series(0, ${GROUPS - 1}) n`,
    [events],
  );
  await sql.query(
    `INSERT INTO error_group_tags SELECT ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'key' || k, 'value' || v, 5
     FROM generate_series(0, ${GROUPS - 1}) n, generate_series(0, 9) k, generate_series(0, 19) v`,
  );
  await sql.query(
    `INSERT INTO error_group_users SELECT ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'id:' || (n * 7 + u) % 9000, 'user' || (n * 7 + u) % 9000 || '@example.com', '', ''
     FROM generate_series(0, ${GROUPS - 1}) n, generate_series(0, 19) u ON CONFLICT DO NOTHING`,
  );
  await sql.query(
    `INSERT INTO error_group_hours SELECT ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, date_trunc('hour', now()) - h * interval '1 hour', 3
     FROM generate_series(0, ${GROUPS - 1}) n, generate_series(0, 167, 3) h`,
  );
  const { platform, request, contexts, tags } = sampleEvent(1);
  const data = JSON.stringify({
    platform,
    request: { url: request.url },
    contexts,
    tags: Object.entries(tags),
    exceptions: [{ type: "TypeError", value: "x", frames: [{ function: "handler", inApp: true }] }],
  });
  // Squared, so that the first groups have most: the busiest a good tenth of a thousandth in all.
  for (let from = 0; from < events; from += 100_000)
    await sql.query(
      `INSERT INTO error_events (project_id, id, occurred_at, received_at, group_id, level, release, environment, user_key, trace_id, data)
       SELECT 1000, gen_random_uuid(), at, at, ('00000000-0000-4000-8000-' || lpad(to_hex(floor(${GROUPS} * random() ^ 2)::int), 12, '0'))::uuid,
         'error', '1.' || n % 9, 'live', 'id:' || n % 9000, NULL, $3::jsonb
       FROM (SELECT n, now() - random() * interval '${DAYS} days' AS at FROM generate_series($1::int, $2::int) n) AS made`,
      [from, Math.min(events, from + 100_000) - 1, data],
    );
  await sql.query("VACUUM ANALYZE error_events, error_groups, error_group_tags, error_group_users, error_group_hours");
}

const groupId = (n: number) => `00000000-0000-4000-8000-${(n % GROUPS).toString(16).padStart(12, "0")}`;

const QUERIES = [
  "",
  "is:unresolved",
  "is:unresolved level:error undefined field1999",
  "release:1.3",
  "user.email:user4711@example.com",
  "key3:value7 handler",
  "!is:resolved events:>100",
];
const SORTS: GroupSort[] = ["last-seen", "events", "users", "first-seen"];

/** The times of the verbs behind the errors' list, an error's page and an event's page. */
export async function measureReads(context: Context, events: number): Promise<Figure[]> {
  await fill(context, events);
  const time = async (read: (turn: number) => Promise<unknown>): Promise<number[]> => {
    const took: number[] = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      const start = performance.now();
      await read(turn);
      took.push(performance.now() - start);
    }
    return took;
  };
  const list = await time(async (turn) => {
    const query = QUERIES[turn % QUERIES.length] ?? "";
    const { items } = await listGroups(context, { query, sort: SORTS[turn % SORTS.length] ?? "last-seen", limit: 50 });
    await listTrends(context, { ids: items.map(({ id }) => id) });
  });
  const group = await time(async (turn) => {
    const id = groupId(turn * turn);
    await Promise.all([getGroup(context, { id }), listEvents(context, { id, limit: 50 })]);
  });
  const latest = await Promise.all(
    Array.from({ length: 20 }, (_, n) => getLatestEvent(context, { groupId: groupId(n) })),
  );
  const ids = latest.flatMap((event) => event?.id ?? []);
  const event = await time(async (turn) => {
    const id = ids[turn % ids.length] ?? "";
    await Promise.all([getEvent(context, { id }), listLogsAround(context, { eventId: id })]);
  });
  const figure = (what: string, took: number[], bound: number): Figure => ({
    what: `${what}: p95`,
    value: percentile(took, 0.95),
    unit: "ms",
    bound: { at: "most", value: bound },
  });
  return [
    figure("errors' list and search, with trends", list, 150),
    figure("an error with tags, trend and its latest events", group, 100),
    figure("an event with its neighbours and logs", event, 100),
  ];
}
