import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { normaliseEvent } from "@/lib/errors/normalise/normalise-event";
import { newPublicKey } from "@/lib/errors/projects/create-project";
import { DEFAULT_SCRUB } from "@/lib/errors/scrub/scrub-settings";
import { createErrorWriter } from "@/lib/errors/store/error-writer";
import { type EventRow, toEventRow } from "@/lib/errors/store/event-row";
import { toLogRow } from "@/lib/logs/log-row";
import { logWriterOf } from "@/lib/logs/log-writer";
import { demoId } from "./demo-id";
import { demoIncidents } from "./demo-incidents";
import type { DemoOutage } from "./demo-outages";
import type { DemoError } from "./errors/demo-error";
import { DEMO_PROJECTS } from "./errors";
import { type DemoEvent, errorName, planEvents } from "./errors/plan-events";
import { linesAround, usualLines } from "./errors/plan-logs";
import { toPayload } from "./errors/to-payload";

const DAY_MS = 86_400_000;
const BATCH = 300;
const LOG_BATCH = 4_000;

interface Range {
  from: Date;
  now: Date;
}

/**
 * Makes the demo's projects with their errors, as if they had come in over the days: groups, counts and what came back follow
 * from the events. What people made of them, and lines of logs around them. In the place of those of an earlier demo.
 * @throws Problem conflict when a project of somebody else has the name of one of the demo's
 */
export async function seedErrors(
  context: Context,
  range: Range,
  outages: readonly DemoOutage[],
): Promise<{ errors: number; events: number; logLines: number }> {
  const projectIds = await makeProjects(context, range);
  const events = planEvents(range, outages);
  const groups = await storeInTime(context, range.now, events, projectIds);
  await linkIncidents(context, range.now, outages, groups);
  const logLines = await storeLogs(context, range, events, projectIds);
  await countInSamples(context, [...projectIds.values()]);
  return { errors: groups.size, events: events.length, logLines };
}

/** By the demo's key of each. Those that are there are emptied and stay, with their DSN. */
async function makeProjects({ db, sql }: Context, { now }: Range): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  for (const { key, name, platform } of DEMO_PROJECTS) {
    const keyId = demoId("project-key", key);
    const own = await db.projectKey.findUnique({ where: { id: keyId }, select: { projectId: true } });
    if (own) {
      await db.errorGroup.deleteMany({ where: { projectId: own.projectId } });
      await sql.query("DELETE FROM error_events WHERE project_id = $1", [own.projectId]);
      await sql.query("DELETE FROM log_lines WHERE project_id = $1", [own.projectId]);
      ids.set(key, own.projectId);
      continue;
    }
    if (await db.project.findUnique({ where: { name }, select: { id: true } }))
      throw new Problem("conflict", `A project has the name ${name}, which the demo needs. Rename it first.`);
    const keys = { create: { id: keyId, publicKey: newPublicKey(), label: "Default", createdAt: now } };
    const { id } = await db.project.create({
      data: { name, platform, createdAt: now, updatedAt: now, keys },
      select: { id: true },
    });
    ids.set(key, id);
  }
  return ids;
}

/** Stores events at the times when they happened, with what people did in between. @returns the group of each error by its name */
async function storeInTime(
  context: Context,
  now: Date,
  events: readonly DemoEvent[],
  projectIds: ReadonlyMap<string, number>,
): Promise<Map<string, string>> {
  let clock = now;
  const writer = createErrorWriter({ sql: context.sql, now: () => clock });
  const groups = new Map<string, string>();
  const waiting = triages(now);
  let batch: { name: string; row: EventRow }[] = [];
  const flush = async () => {
    const [rows, names] = [batch.map(({ row }) => row), batch.map(({ name }) => name)];
    batch = [];
    const outcomes = await writer.write(rows);
    outcomes.forEach(({ groupId }, index) => groupId && groups.set(names[index] ?? "", groupId));
  };
  for (const event of events) {
    while (waiting[0] && waiting[0].at <= event.at) {
      await flush();
      await triage(context, waiting.shift(), groups);
    }
    const name = errorName(event.project, event.error);
    const normal = normaliseEvent(toPayload(event, now), { now: event.at });
    const id = projectIds.get(event.project.key);
    if (!normal || id === undefined) continue;
    const isFirst = !groups.has(name) && batch.every((one) => one.name !== name);
    if (isFirst) await flush();
    clock = event.at;
    batch.push({ name, row: toEventRow({ id, scrub: DEFAULT_SCRUB }, normal, event.at) });
    // A group is made at its first event.
    if (isFirst || batch.length >= BATCH) await flush();
  }
  await flush();
  for (const left of waiting) await triage(context, left, groups);
  return groups;
}

interface Triage {
  at: Date;
  name: string;
  error: DemoError;
}

/** What people did, in order. Pure. */
function triages(now: Date): Triage[] {
  const all = DEMO_PROJECTS.flatMap((project) =>
    project.errors.flatMap((error) => {
      if (!error.triage && !error.comment) return [];
      const at = new Date(now.getTime() - (error.triage?.daysAgo ?? error.days[0] * 0.9) * DAY_MS);
      return [{ at, name: errorName(project, error), error }];
    }),
  );
  return all.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

async function triage({ db }: Context, given: Triage | undefined, groups: ReadonlyMap<string, string>): Promise<void> {
  const id = given && groups.get(given.name);
  if (!given || id === undefined) return;
  const { at, error } = given;
  if (error.comment)
    await db.errorComment.create({ data: { groupId: id, message: error.comment, authorName: "Mara", createdAt: at } });
  if (error.triage)
    await db.errorGroup.update({
      where: { id },
      data: { status: error.triage.to, resolvedAt: error.triage.to === "resolved" ? at : null },
    });
}

/** What came of an outage belongs to its incident. */
async function linkIncidents(
  { db }: Context,
  now: Date,
  outages: readonly DemoOutage[],
  groups: ReadonlyMap<string, string>,
): Promise<void> {
  const incidents = demoIncidents(now, outages);
  for (const project of DEMO_PROJECTS)
    for (const error of project.errors) {
      const id = groups.get(errorName(project, error));
      const incident = error.outage && incidents[error.outage.number];
      // The last one of them is of no outage.
      if (id !== undefined && incident && incident !== incidents.at(-1))
        await db.errorGroup.update({ where: { id }, data: { incidentId: incident.id } });
    }
}

async function storeLogs(
  context: Context,
  range: Range,
  events: readonly DemoEvent[],
  projectIds: ReadonlyMap<string, number>,
): Promise<number> {
  const lines = [...events.flatMap(linesAround), ...usualLines(range)]
    .filter(({ line }) => (line.ms ?? 0) > range.from.getTime())
    .toSorted((a, b) => (a.line.ms ?? 0) - (b.line.ms ?? 0));
  const rows = lines.map(({ project, line }) =>
    toLogRow(line, { id: projectIds.get(project.key) ?? null, scrub: DEFAULT_SCRUB }, range.now),
  );
  const writer = logWriterOf(context);
  for (let at = 0; at < rows.length; at += LOG_BATCH) await writer.write(rows.slice(at, at + LOG_BATCH));
  return rows.length;
}

/** The made-up samples of error_events say how many there were (lib/metrics/recorders/errors.ts counts those that come in). */
const COUNT = `
  UPDATE system_metrics m SET value = c.events FROM (
    SELECT s.id, date_bin('1 minute', e.received_at, 'epoch') + interval '1 minute 1 millisecond' AS at, count(*)::float8 AS events
    FROM error_events e JOIN projects p ON p.id = e.project_id
    JOIN metric_series s ON s.name = 'error_events' AND s.metadata = jsonb_build_object('project', p.name, 'level', e.level)
    WHERE e.project_id = ANY($1::int[]) GROUP BY 1, 2
  ) c
  WHERE m.series_id = c.id AND m.recorded_at = c.at`;

async function countInSamples({ sql }: Context, projectIds: readonly number[]): Promise<void> {
  await sql.query(COUNT, [projectIds]);
}
