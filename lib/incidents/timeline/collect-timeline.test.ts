import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { pino } from "pino";
import { acknowledgeAlert } from "@/lib/alerting/acknowledge-alert";
import { makePartitions } from "@/lib/db/partitions";
import { tokenActor, userActor } from "@/lib/testing/actors";
import { addAlert } from "@/lib/testing/alerts";
import { addAnomaly } from "@/lib/testing/anomalies";
import { addCheck } from "@/lib/testing/checks";
import { makeProject, sendOne, thrown } from "@/lib/testing/errors";
import { createTestContext } from "@/lib/testing/test-context";
import { resolveGroup } from "@/lib/errors/groups/resolve-group";
import { recordDeploy } from "../deploys/record-deploy";
import { getIncidentStory } from "../get-incident";
import { updateIncident } from "../update-incident";
import { refreshCauses } from "../causes/refresh-causes";
import { collectTimeline } from "./collect-timeline";
import { type TimelineSource, defineTimelineSource } from "./define-timeline-source";
import { TIMELINE_SOURCES } from "./registry";

const context = await createTestContext();
const START = new Date("2026-11-27T12:00:00Z");
const at = (seconds: number) => new Date(START.getTime() + seconds * 1000);
await makePartitions(context.sql, at(-86_400), at(86_400));

beforeEach(async () => {
  context.setNow(START);
  await context.sql.query(
    "TRUNCATE incidents, alerts, alert_rules, health_checks, health_check_results, deploys, metric_anomalies, projects CASCADE",
  );
});

const addIncident = () =>
  context.db.incident.create({
    data: { title: "Shop: answered 503", severity: "high", startedAt: START, detectedAt: START },
  });
const lines = async (id: string) =>
  (await getIncidentStory(context, { id })).timeline.map(({ source, at: when, message }) =>
    [source, when.toISOString().slice(11, 19), message].join(" "),
  );

/** Results of a check, `[seconds, state]`. */
async function addResults(checkId: string, results: [number, "ok" | "failed"][]): Promise<void> {
  for (const [seconds, state] of results)
    await context.db.healthCheckResult.create({
      data: {
        checkId,
        scheduledAt: at(seconds),
        startedAt: at(seconds),
        durationMs: 5,
        status: state,
        state,
        shortSummary: state,
        message: state === "ok" ? "" : "Shop answered 503.",
        meta: {},
      },
    });
  const flip = results.findLast(([, state], index) => results[index - 1]?.[1] !== state);
  if (flip)
    await context.db.healthCheck.update({
      where: { id: checkId },
      data: { statusSince: at(flip[0]), status: flip[1] },
    });
}

/** An incident of which every source knows something. */
async function addWholeIncident() {
  const incident = await addIncident();
  const check = await addCheck(context, { key: "shop", label: "Shop", intervalSeconds: 60 });
  await addResults(check.id, [
    [-120, "ok"],
    [-60, "ok"],
    [0, "failed"],
    [60, "failed"],
  ]);
  const parent = await addAlert(context, {
    subject: "Shop",
    checkId: check.id,
    incidentId: incident.id,
    events: {
      create: [
        { at: START, kind: "pending", message: "Waits." },
        { at: at(1), kind: "firing", message: "Fires: it holds. Shop answered 503." },
        { at: at(3), kind: "notified", message: "Slack was told." },
        { at: at(4), kind: "undelivered", message: "Email could not be told: refused." },
      ],
    },
  });
  await addAlert(context, {
    subject: "Cart",
    incidentId: incident.id,
    parentId: parent.id,
    events: { create: [{ at: at(2), kind: "firing", message: "Fires: it holds." }] },
  });
  const ci = context.as({ ...tokenActor("incidents:write"), name: "ci" });
  await recordDeploy(ci, { service: "shop-api", version: "2.4.1", at: at(-30), description: "Faster carts" });
  await recordDeploy(ci, { service: "too-old", at: at(-3_700) });
  await addAnomaly(context, { at: at(-90) });
  await addAnomaly(context, { name: "elsewhere", at: at(-1_000) });
  const project = await makeProject(context, { name: "shop" });
  const happens = async (seconds: number, what: string, more: object = {}) => {
    context.setNow(at(seconds));
    return sendOne(context, project, thrown(what, more));
  };
  await happens(-1_000, "before it");
  const mended = await happens(-960, "mended");
  await resolveGroup(context, { id: mended });
  await happens(-20, "pay");
  await happens(-10, "slow", { level: "warning" });
  await happens(30, "mended");
  await happens(40, "pay");
  context.setNow(at(120));
  await acknowledgeAlert(context.as({ ...userActor("editor"), name: "Ada" }), { id: parent.id, note: "on it" });
  return { incident, check, parent };
}

test("a timeline tells of the deploy, the anomaly, the check, its alerts and who was told, in the order of time", async () => {
  const { incident, parent } = await addWholeIncident();
  await collectTimeline(context);
  expect(await lines(incident.id)).toEqual([
    expect.stringMatching(/^anomalies 11:58:30 answer_time: 5\.4× above what is usual/),
    "deploys 11:59:30 shop-api 2.4.1 was deployed, told by ci. Faster carts",
    "errors 11:59:40 A new error in shop: TypeError: broke in pay, in /srv/shop/dist/shop.js in pay.",
    "check-flips 12:00:00 Shop went from ok to failed: Shop answered 503.",
    "alerts 12:00:01 Shop: Fires: it holds. Shop answered 503.",
    "alerts 12:00:02 Cart: Fires: it holds. An effect of Shop.",
    "notifications 12:00:03 Shop: Slack was told.",
    "notifications 12:00:04 Shop: Email could not be told: refused.",
    "errors 12:00:30 An error came back in shop: TypeError: broke in mended, in /srv/shop/dist/shop.js in mended.",
    "automatic 12:02:00 Taken on by Ada, who acknowledged Shop.",
    "acknowledgements 12:02:00 Shop: Acknowledged by Ada: on it",
  ]);
  const { timeline } = await getIncidentStory(context, { id: incident.id });
  expect(timeline.every(({ isPublic }) => !isPublic)).toBe(true);
  expect(timeline.find(({ source }) => source === "alerts")?.link).toBe(`/alerts/${parent.id}`);
  expect(timeline.find(({ source }) => source === "deploys")?.link).toBe(
    "/explore?q=avg:response_time&from=2026-11-27T11:29:30Z&to=2026-11-27T12:29:30Z",
  );
});

test("again, and from several workers at once, brings nothing twice; what is new comes along", async () => {
  const { incident, check } = await addWholeIncident();
  await Promise.all([collectTimeline(context), collectTimeline(context), collectTimeline(context)]);
  const before = await lines(incident.id);
  expect(new Set(before).size).toBe(before.length);
  expect(await collectTimeline(context)).toBe(0);
  await addResults(check.id, [
    [120, "failed"],
    [180, "ok"],
    [240, "failed"],
    [300, "ok"],
  ]);
  context.setNow(at(400));
  expect(await collectTimeline(context)).toBe(3);
  expect((await lines(incident.id)).slice(-3)).toEqual([
    "check-flips 12:03:00 Shop went from failed to ok.",
    "check-flips 12:04:00 Shop went from ok to failed: Shop answered 503.",
    "check-flips 12:05:00 Shop went from failed to ok.",
  ]);
});

test("a source that fails costs the others nothing, and is logged", async () => {
  const { incident } = await addWholeIncident();
  const logged: string[] = [];
  const log = pino({ level: "error" }, { write: (line: string) => void logged.push(line) });
  const broken = defineTimelineSource({
    id: "broken",
    label: "Broken",
    collect: (sql) => sql.query("SELECT nothing FROM nowhere").then(() => []),
  });
  await collectTimeline({ ...context, log }, undefined, [broken, ...TIMELINE_SOURCES]);
  expect((await lines(incident.id)).length).toBeGreaterThan(5);
  expect(logged).toEqual([expect.stringContaining('"source":"broken"')]);
});

test("an incident is filled for an hour after its end, and by name at any time", async () => {
  const { incident } = await addWholeIncident();
  await updateIncident(context, { id: incident.id, status: "resolved" });
  context.advance(3_700);
  await context.db.incidentUpdate.deleteMany({ where: { source: { not: "change" } } });
  expect(await collectTimeline(context)).toBe(0);
  expect(await collectTimeline(context, [incident.id])).toBeGreaterThan(5);
});

test("many lines come some at a time, a long text is cut, and one that was deleted meanwhile is left out", async () => {
  const { id } = await addIncident();
  await addAlert(context, {
    incidentId: id,
    events: {
      create: Array.from({ length: 250 }, (_, index) => ({ at: at(index), kind: "firing", message: `Fires ${index}` })),
    },
  });
  expect(await collectTimeline(context)).toBe(200);
  expect(await collectTimeline(context)).toBe(50);
  const odd: TimelineSource = {
    id: "odd",
    label: "Odd",
    collect: async () => [
      { incidentId: id, ref: "long", at: START, message: "😀".repeat(3_000), link: null },
      { incidentId: crypto.randomUUID(), ref: "gone", at: START, message: "x", link: null },
    ],
  };
  expect(await collectTimeline(context, [id], [odd])).toBe(1);
  expect([...((await context.db.incidentUpdate.findFirst({ where: { ref: "long" } }))?.message ?? "")]).toHaveLength(
    2_000,
  );
});

test("an incident whose deletion is not through yet is waited for, and left out", async () => {
  const { id } = await addIncident();
  const { id: other } = await addIncident();
  const deleter = await context.sql.connect();
  onTestFinished(() => deleter.release(true));
  await deleter.query("BEGIN");
  await deleter.query("DELETE FROM incidents WHERE id = $1", [id]);
  const source: TimelineSource = {
    id: "late",
    label: "Late",
    collect: async () =>
      [id, other].map((incidentId) => ({ incidentId, ref: "x", at: START, message: "x", link: null })),
  };
  const errors: unknown[] = [];
  const log = { ...context.log, error: (...parts: unknown[]) => void errors.push(parts) };
  const collected = collectTimeline({ ...context, log }, [id, other], [source]);
  const isWaiting = async () =>
    (await deleter.query("SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")).rowCount;
  await expect.poll(isWaiting).toBe(1);
  await deleter.query("COMMIT");
  expect(await collected).toBe(1);
  expect(errors).toEqual([]);
});

describe.each(TIMELINE_SOURCES)("the source $id", (source) => {
  test("has a name, knows of no incident nothing, and answers the same again with links into the dashboard", async () => {
    expect(source.id).toMatch(/^[a-z][a-z-]*$/);
    expect(source.label).not.toBe("");
    expect(await source.collect(context.sql, [])).toEqual([]);
    const { incident } = await addWholeIncident();
    const span = { id: incident.id, startedAt: START, until: at(600) };
    const entries = await source.collect(context.sql, [span]);
    expect(entries.length).toBeGreaterThan(0);
    expect(await source.collect(context.sql, [span])).toEqual(entries);
    for (const entry of entries) {
      expect(entry).toMatchObject({ incidentId: incident.id, at: expect.any(Date) });
      expect(entry.ref).not.toBe("");
      expect(entry.message).not.toMatch(/null|undefined/);
      if (entry.link !== null) expect(entry.link).toMatch(/^\/[a-z]/);
    }
    expect(new Set(entries.map(({ ref }) => ref)).size).toBe(entries.length);
  });
});

test("sources have different ids", () => {
  expect(new Set(TIMELINE_SOURCES.map(({ id }) => id)).size).toBe(TIMELINE_SOURCES.length);
});

test("likely causes are stored, and again when more becomes known", async () => {
  const { incident } = await addWholeIncident();
  expect(await refreshCauses(context)).toBe(1);
  expect(await refreshCauses(context)).toBe(0);
  const causes = async () =>
    (await getIncidentStory(context, { id: incident.id })).causes.map(({ kind, title }) => `${kind} ${title}`);
  expect(await causes()).toEqual(["deploy shop-api 2.4.1", "metric answer_time"]);
  const database = await addCheck(context, { key: "database", label: "Database" });
  await context.db.healthCheck.update({ where: { key: "shop" }, data: { dependsOn: ["database"] } });
  await addResults(database.id, [[-5, "failed"]]);
  await refreshCauses(context);
  expect(await causes()).toEqual(["check Database", "deploy shop-api 2.4.1", "metric answer_time"]);
});
