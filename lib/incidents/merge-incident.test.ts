import { beforeEach, expect, test } from "vitest";
import { userActor } from "@/lib/testing/actors";
import { addAlert } from "@/lib/testing/alerts";
import { addCheck } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import { addUpdate } from "./add-update";
import { declareIncident } from "./declare-incident";
import { getFigures } from "./figures/get-figures";
import { getIncidentStory } from "./get-incident";
import { linkAlert } from "./link-alert";
import { mergeIncident } from "./merge-incident";
import { updateIncident } from "./update-incident";

const base = await createTestContext();
const START = new Date("2026-11-27T12:00:00Z");
const ada = { ...userActor("editor"), name: "Ada" };
const context = () => base.as(ada);

beforeEach(async () => {
  base.setNow(START);
  await base.sql.query("TRUNCATE incidents, alerts, health_checks, users CASCADE");
  await base.db.user.create({
    data: { id: ada.id, name: "Ada", email: "ada@example.com", role: "editor", passwordHash: "x" },
  });
});

const declare = (title: string, more: object = {}) =>
  declareIncident(context(), { title, severity: "high", visibility: "public", ...more });
const story = (id: string) => getIncidentStory(base, { id });
const lines = async (id: string) => (await story(id)).timeline.map(({ message }) => message);

test("the alerts and affected checks of the one go to the other; both say so, and the public is told where it goes on", async () => {
  const check = await addCheck(base, { label: "Shop" });
  const second = await addCheck(base, { label: "Mail", key: "mail" });
  const from = await declare("Mails wait", {
    severity: "critical",
    checks: [
      { checkId: check.id, impact: "major" },
      { checkId: second.id, impact: "degraded" },
    ],
  });
  const alert = await addAlert(base, { checkId: check.id });
  await linkAlert(context(), { id: alert.id, incidentId: from.id });
  base.advance(300);
  const into = await declare("The *database* is down", { checks: [{ checkId: check.id, impact: "partial" }] });
  base.advance(60);
  const merged = await mergeIncident(context(), { id: `INC-${from.number}`, intoId: into.id });

  expect(merged).toMatchObject({ id: into.id, severity: "critical", startedAt: START, status: "investigating" });
  const after = await story(into.id);
  expect(after.alerts.map(({ id }) => id)).toEqual([alert.id]);
  expect(after.alerts[0]?.incidentReason).toBe(`Ada merged INC-${from.number} into it`);
  expect(after.checks).toEqual([
    { checkId: second.id, label: "Mail", impact: "degraded" },
    { checkId: check.id, label: "Shop", impact: "major" },
  ]);
  expect((await lines(into.id)).at(-1)).toBe(
    `Ada merged INC-${from.number} “Mails wait” into it: 1 alert, 2 affected checks; the severity went from high to critical.`,
  );
  const ended = await story(from.id);
  expect(ended.incident).toMatchObject({
    status: "resolved",
    resolvedAt: base.now(),
    mergedInto: { id: into.id, number: into.number },
  });
  expect(ended.timeline.filter(({ isPublic }) => isPublic).map(({ message }) => message)).toEqual([
    "This is a part of “The \\*database\\* is down”, where we go on telling of it.",
  ]);
  expect(await lines(from.id)).toContain(
    `Ada merged it into INC-${into.number} “The *database* is down”, where it goes on.`,
  );
});

test("it counts once in the figures; reopened it is an incident of its own again", async () => {
  const from = await declare("Mails wait");
  const into = await declare("The database is down");
  await mergeIncident(context(), { id: from.id, intoId: into.id });
  base.advance(60);
  expect((await getFigures(base)).total.count).toBe(1);
  const reopened = await updateIncident(context(), { id: from.id, status: "investigating" });
  expect(reopened).toMatchObject({ status: "investigating", resolvedAt: null, mergedInto: null });
  expect((await getFigures(base)).total.count).toBe(2);
});

test("a merge that is refused says why and changes nothing", async () => {
  const from = await declare("Mails wait");
  const into = await declare("The database is down");
  await addUpdate(context(), { id: into.id, message: "Over.", status: "resolved" });
  await expect(mergeIncident(context(), { id: from.id, intoId: into.id })).rejects.toMatchObject({
    kind: "invalid",
    issues: [{ path: "intoId", message: expect.stringMatching(/is resolved, and this one is not/) }],
  });
  await expect(mergeIncident(context(), { id: from.id, intoId: crypto.randomUUID() })).rejects.toMatchObject({
    kind: "not-found",
  });
  expect((await story(from.id)).incident).toMatchObject({ status: "investigating", mergedInto: null, version: 1 });
});

test("two who merge two into each other at once: one gets through, the other is told", async () => {
  const one = await declare("Mails wait");
  const two = await declare("The database is down");
  const results = await Promise.allSettled([
    mergeIncident(context(), { id: one.id, intoId: two.id }),
    mergeIncident(context(), { id: two.id, intoId: one.id }),
  ]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await base.db.incident.count({ where: { resolvedAt: null } })).toBe(1);
});

test("a viewer merges nothing", async () => {
  const from = await declare("Mails wait");
  const into = await declare("The database is down");
  const viewer = base.as(userActor("viewer"));
  await expect(mergeIncident(viewer, { id: from.id, intoId: into.id })).rejects.toMatchObject({ kind: "forbidden" });
});
