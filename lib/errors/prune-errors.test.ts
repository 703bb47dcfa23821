import { expect, test } from "vitest";
import { dropPartitionsPast, makePartitions } from "@/lib/db/partitions";
import { toLogRow } from "@/lib/logs/log-row";
import { listLogs } from "@/lib/logs/list-logs";
import { logWriterOf } from "@/lib/logs/log-writer";
import { makeProject, send, sendOne, thrown } from "@/lib/testing/errors";
import { tablesWith } from "@/lib/testing/search-tables";
import { createTestContext } from "@/lib/testing/test-context";
import { getLatestEvent } from "./events/get-event";
import { listEvents } from "./events/list-events";
import { getGroup } from "./groups/get-group";
import { pruneErrors } from "./prune-errors";
import { DEFAULT_SCRUB } from "./scrub/scrub-settings";

const context = await createTestContext();
const DAY_MS = 86_400_000;
const NOW = new Date();
const RETENTION = { raw: 30, hour: 365, day: 1_826 };
const user = (name: string) => ({ user: { email: `${name}@example.com` } });

test("past retention events go with their day; errors and their counts stay, and who met them is forgotten", async () => {
  context.setNow(NOW);
  await makePartitions(context.sql, NOW, new Date(NOW.getTime() + 40 * DAY_MS));
  const project = await makeProject(context);
  const old = await sendOne(context, project, thrown("old", user("ada")));
  await send(context, project, thrown("old", user("bob")));
  const kept = await sendOne(context, project, thrown("kept", user("eve")));
  context.setNow(new Date(NOW.getTime() + 20 * DAY_MS));
  await send(context, project, thrown("kept", user("eve")));

  context.setNow(new Date(NOW.getTime() + 32 * DAY_MS));
  const dropped = await dropPartitionsPast(context.sql, context.now(), RETENTION);
  expect(dropped.some((name) => name.startsWith("error_events_"))).toBe(true);
  expect(await pruneErrors(context.sql, context.now(), RETENTION)).toEqual({ hours: 0, users: 2 });
  expect(await getGroup(context, { id: old })).toMatchObject({ eventCount: 2, userCount: 2 });
  expect((await listEvents(context, { id: old })).items).toEqual([]);
  expect(await getLatestEvent(context, { groupId: old })).toBeNull();
  for (const name of ["ada", "bob"]) expect(await tablesWith(context.sql, `${name}@example.com`)).toEqual([]);
  expect(await getGroup(context, { id: kept })).toMatchObject({ eventCount: 2, userCount: 1 });
  expect((await listEvents(context, { id: kept })).items).toHaveLength(1);

  // What comes for a day that went is refused, and counts nothing.
  const [late] = await send(context, project, thrown("old", { timestamp: NOW.toISOString() }));
  expect(late?.result).toBe("refused");
  expect(await sendOne(context, project, thrown("old"))).toBe(old);
  expect(await getGroup(context, { id: old })).toMatchObject({ eventCount: 3 });
  context.setNow(new Date(NOW.getTime() + 400 * DAY_MS));
  expect(await pruneErrors(context.sql, context.now(), RETENTION)).toMatchObject({ hours: 4 });
});

test("past retention lines of logs go with their day, and the counts of errors that were made from them stay", async () => {
  // Days of the partitions that the test before made.
  const start = new Date(NOW.getTime() + 5 * DAY_MS);
  context.setNow(start);
  const project = await makeProject(context);
  const write = async (message: string) => {
    const line = { severity: 17, service: "shop", message, attributes: {}, traceId: "", spanId: "", project: "" };
    const row = toLogRow(
      { ...line, ms: context.now().getTime() },
      { id: project.id, scrub: DEFAULT_SCRUB },
      context.now(),
    );
    await logWriterOf(context).write([row]);
  };
  const kept = async () =>
    (await listLogs(context, { project: project.id, from: start })).items.map(({ message }) => message);
  const id = await sendOne(context, project, thrown("with a line"));
  await write("old");
  context.setNow(new Date(start.getTime() + 20 * DAY_MS));
  await write("recent");
  expect(await kept()).toEqual(["recent", "old"]);

  context.setNow(new Date(start.getTime() + 32 * DAY_MS));
  const dropped = await dropPartitionsPast(context.sql, context.now(), RETENTION);
  expect(dropped.some((name) => name.startsWith("log_lines_"))).toBe(true);
  expect(await kept()).toEqual(["recent"]);
  expect(await getGroup(context, { id })).toMatchObject({ eventCount: 1 });
});
