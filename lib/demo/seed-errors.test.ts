import { expect, test } from "vitest";
import { makePartitions } from "@/lib/db/partitions";
import { getLatestEvent } from "@/lib/errors/events/get-event";
import { listGroups } from "@/lib/errors/groups/list-groups";
import { listProjects } from "@/lib/errors/projects/list-projects";
import { listLogsAround } from "@/lib/logs/list-logs-around";
import { makeProject, sendOne, thrown } from "@/lib/testing/errors";
import { createTestContext } from "@/lib/testing/test-context";
import { demoOutages } from "./demo-outages";
import { DEMO_PROJECTS } from "./errors";
import { seedErrors } from "./seed-errors";
import { seedIncidents } from "./seed-incidents";

const context = await createTestContext();
const now = new Date("2026-11-27T12:00:00Z");
context.setNow(now);
const from = new Date(now.getTime() - 30 * 86_400_000);
await makePartitions(context.sql, from, now);

const seed = async () => {
  const outages = demoOutages(now);
  await seedIncidents(context, now, outages);
  return seedErrors(context, { from, now }, outages);
};
const all = async () => (await listGroups(context, { limit: 100 })).items;

test("four programs have their errors over 30 days, each one group, with what became of them; again gives the same", async () => {
  const mine = await sendOne(context, await makeProject(context, { name: "Mine" }), thrown("mine"));
  const made = await seed();
  const kinds = DEMO_PROJECTS.flatMap(({ errors }) => errors).length;
  expect(kinds).toBeGreaterThanOrEqual(25);
  expect(made.errors).toBe(kinds);
  const groups = (await all()).filter(({ id }) => id !== mine);
  expect(groups).toHaveLength(kinds);
  expect(groups.reduce((sum, { eventCount }) => sum + eventCount, 0)).toBe(made.events);
  expect(made.events).toBeGreaterThan(1_000);
  expect(new Set(groups.map(({ status }) => status))).toEqual(new Set(["open", "resolved", "ignored"]));
  expect(groups.filter(({ regressedAt }) => regressedAt !== null).map(({ type }) => type)).toEqual(["KeyError"]);
  expect(groups.filter(({ incidentId }) => incidentId !== null)).toHaveLength(5);
  expect(groups.some(({ firstSeenAt }) => now.getTime() - firstSeenAt.getTime() < 86_400_000)).toBe(true);
  // What is new is more than an hour old: nobody is told of what was made up.
  for (const { createdAt, firstSeenAt } of groups) {
    expect(now.getTime() - createdAt.getTime()).toBeGreaterThan(3_600_000);
    expect(createdAt).toEqual(firstSeenAt);
  }

  const timeout = groups.find(({ type }) => type === "TimeoutError");
  const event = await getLatestEvent(context, { groupId: timeout?.id ?? "" });
  expect(event).toMatchObject({
    environment: expect.stringMatching(/^(production|staging)$/),
    release: "shop-api@4.12.0",
  });
  const frame = event?.data.exceptions[0]?.frames.find(({ inApp }) => inApp);
  expect(frame).toMatchObject({
    function: "cached_product",
    line: 21,
    contextLine: expect.stringContaining("redis.get"),
  });
  const lines = await listLogsAround(context, { eventId: event?.id ?? "" });
  expect(lines.items.map(({ message }) => message)).toContain(
    "TimeoutError: redis.internal:6379 did not answer within 500 ms",
  );

  const dsns = async () => (await listProjects(context)).map(({ name, dsn }) => `${name} ${dsn}`);
  const facts = async () =>
    (await all()).map(({ value, eventCount, userCount, status }) => [value, eventCount, userCount, status]);
  const [dsnsBefore, factsBefore] = [await dsns(), await facts()];
  expect(await seed()).toEqual(made);
  expect(await facts()).toEqual(factsBefore);
  // Who has set one up goes on with it.
  expect(await dsns()).toEqual(dsnsBefore);
  expect((await all()).some(({ id }) => id === mine)).toBe(true);
}, 120_000);

test("a project of somebody else with a name of the demo's is a conflict, and stays", async () => {
  await context.db.projectKey.deleteMany({ where: { project: { name: "Payments API" } } });
  await expect(seed()).rejects.toThrow(/A project has the name Payments API/);
  expect(await context.db.project.count({ where: { name: "Payments API" } })).toBe(1);
});
