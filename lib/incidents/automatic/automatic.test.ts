import { beforeEach, expect, test } from "vitest";
import { acknowledgeAlert } from "@/lib/alerting/acknowledge-alert";
import { evaluateAlerts } from "@/lib/alerting/evaluation/evaluate-alerts";
import { createMaintenance } from "@/lib/alerting/maintenance/maintenance";
import { createRule } from "@/lib/alerting/rules/write-rule";
import { createSilence, endSilence } from "@/lib/alerting/silences/silences";
import type { CheckStatus } from "@/lib/checks/define-check";
import { userActor } from "@/lib/testing/actors";
import { addAlert } from "@/lib/testing/alerts";
import { addCheck } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import { addAction } from "../actions/add-action";
import { addUpdate } from "../add-update";
import { declareIncident } from "../declare-incident";
import { deleteIncident } from "../delete-incident";
import { getIncidentStory } from "../get-incident";
import { unlinkAlert } from "../link-alert";
import { setAffected } from "../set-affected";
import { updateIncident } from "../update-incident";
import { followAlerts } from "./follow-alerts";
import { createIncidentLoop } from "./incident-loop";
import { moveIncidents } from "./move-incidents";

const context = await createTestContext();
const START = new Date("2026-11-27T12:00:00Z");
const ada = { ...userActor("editor"), name: "Ada" };
const asAda = context.as(ada);

beforeEach(async () => {
  context.setNow(START);
  await context.sql.query(
    "TRUNCATE incidents, alerts, alert_fingerprints, alert_rules, health_checks, silences, maintenance_windows, deploys, users CASCADE",
  );
  await context.db.user.create({
    data: { id: ada.id, name: "Ada", email: "ada@example.com", role: "editor", passwordHash: "x" },
  });
  await createRule(context, {
    label: "Checks",
    source: "check-state",
    severity: "critical",
    config: { warnings: true },
  });
});

const failing = (key: string, more: object = {}) =>
  addCheck(context, {
    key,
    label: key,
    status: "failed",
    lastResult: { message: `${key} answered 503.` },
    ...more,
  });
const become = (key: string, status: CheckStatus) =>
  context.db.healthCheck.update({ where: { key }, data: { status } });
/** A round of the worker. */
async function round(seconds = 0) {
  context.advance(seconds);
  await evaluateAlerts(context);
  return moveIncidents(context);
}
const incidents = () => context.db.incident.findMany({ orderBy: { number: "asc" }, include: { alerts: true } });
const onlyIncident = async () => {
  const all = await incidents();
  expect(all).toHaveLength(1);
  return context.db.incident.findFirstOrThrow({ include: { alerts: true } });
};
const alertOf = (subject: string) =>
  context.db.alert.findFirstOrThrow({ where: { subject }, orderBy: { pendingSince: "desc" } });
/** The lines of the automatism. */
const told = async (id: string) =>
  (await getIncidentStory(context, { id })).timeline
    .filter(({ source }) => source === "automatic")
    .map(({ message }) => message);

test("a failing check opens an incident and walks it to its end; looking again changes nothing", async () => {
  await failing("shop");
  await round();
  const { id, version } = await onlyIncident();
  await round(60);
  expect((await onlyIncident()).version).toBe(version);
  await become("shop", "ok");
  await round(60);
  expect(await onlyIncident()).toMatchObject({
    status: "monitoring",
    quietSince: context.now(),
    mitigatedAt: context.now(),
  });
  const { lookAgainAt } = await round(899);
  expect(lookAgainAt).toEqual(new Date(START.getTime() + (120 + 900) * 1000));
  expect((await onlyIncident()).status).toBe("monitoring");
  await round(1);
  expect(await onlyIncident()).toMatchObject({ status: "resolved", resolvedAt: context.now(), isAutomatic: true });
  expect(await told(id)).toEqual([
    "Opened by the alert shop, high: the worst alert is critical, 1 check is affected. shop answered 503.",
    "Affected: shop (major).",
    "Went from investigating to monitoring: all of its alerts are over.",
    "Went from monitoring to resolved: it has been quiet for 15 min.",
  ]);
  // Down again after that: another one.
  await become("shop", "failed");
  await round(60);
  expect(await incidents()).toHaveLength(2);
});

test("a warning near its start joins, news of an error does not, and keeps nothing open", async () => {
  await failing("shop");
  await round();
  await addAlert(context, { source: "metric", severity: "warning", subject: "memory", labels: {} });
  await addAlert(context, { source: "error-group", severity: "warning", subject: "TypeError (shop)", labels: {} });
  await moveIncidents(context);
  expect((await onlyIncident()).alerts.map(({ subject }) => subject).sort()).toEqual(["memory", "shop"]);
  await context.sql.query(
    "UPDATE alerts SET state = 'resolved', resolved_at = $1, open_fingerprint = NULL WHERE source <> 'error-group'",
    [context.now()],
  );
  await moveIncidents(context);
  expect((await onlyIncident()).status).toBe("monitoring");
});

test("it fires again while it is watched: back to investigating, and quiet anew", async () => {
  await failing("shop");
  await round();
  await become("shop", "ok");
  await round(60);
  await become("shop", "failed");
  await round(600);
  expect(await onlyIncident()).toMatchObject({ status: "investigating", quietSince: null, mitigatedAt: null });
  await become("shop", "ok");
  await round(60);
  await round(600);
  expect((await onlyIncident()).status).toBe("monitoring");
  const { id, alerts } = await onlyIncident();
  expect(alerts).toHaveLength(2);
  expect(await told(id)).toContain("Went from monitoring to investigating: shop fires again.");
});

test("a warning opens none and says why; once something opens one at the same time it joins, and its check is degraded", async () => {
  await failing("slow", { status: "warning" });
  await round();
  expect(await incidents()).toEqual([]);
  expect((await alertOf("slow")).incidentReason).toBe("No incident: it is warning, and critical ones open one");
  await failing("shop");
  await round(60);
  const { id, title } = await onlyIncident();
  expect(title).toBe("shop: answered 503");
  expect(await alertOf("slow")).toMatchObject({ incidentId: id, incidentReason: "it fired within 5 min of its start" });
  const { checks, incident } = await getIncidentStory(context, { id });
  expect(checks).toMatchObject([
    { label: "shop", impact: "major" },
    { label: "slow", impact: "degraded" },
  ]);
  // It began with the warning.
  expect(incident.startedAt).toEqual(START);
});

test("in maintenance or silenced it opens none and says why, nor do its effects; after that it does", async () => {
  await createMaintenance(context, {
    label: "Upgrade",
    recurrence: "once",
    startsAt: START,
    endsAt: new Date(START.getTime() + 600_000),
    matchers: [{ label: "check", op: "=", value: "database" }],
  });
  const silence = await createSilence(asAda, {
    matchers: [{ label: "check", op: "=", value: "mail" }],
    comment: "known",
    endsAt: new Date(START.getTime() + 3_600_000).toISOString(),
  });
  await failing("database");
  await failing("shop", { dependsOn: ["database"] });
  await round();
  expect(await incidents()).toEqual([]);
  expect((await alertOf("database")).incidentReason).toBe(
    'No incident: maintenance "Upgrade" until 2026-11-27 12:10 UTC',
  );
  expect((await alertOf("shop")).incidentReason).toMatch(/^No incident: an effect of database \(maintenance/);
  await failing("mail");
  await round(600);
  expect((await alertOf("mail")).incidentReason).toMatch(/^No incident: silenced by Ada until/);
  const { alerts } = await onlyIncident();
  expect(alerts.map(({ subject }) => subject).toSorted()).toEqual(["database", "shop"]);
  await endSilence(asAda, { id: silence.id });
  await round(600);
  expect(await incidents()).toHaveLength(2);
});

test("a person's change stops it: nothing is moved, named or resolved any more, but alerts still join", async () => {
  await failing("api");
  await round();
  const { id } = await onlyIncident();
  const check = await failing("shop", { dependsOn: ["api"], status: "ok" });
  await updateIncident(asAda, { id, title: "Shop is slow", severity: "low", status: "identified" });
  await setAffected(asAda, { id, checks: [] });
  const { title, severity, status, version } = await onlyIncident();
  await become("shop", "failed");
  await round(600);
  expect((await alertOf("shop")).incidentId).toBe(id);
  for (const key of ["shop", "api"]) await become(key, "ok");
  await round(60);
  await round(3_600);
  expect(await onlyIncident()).toMatchObject({
    title,
    severity,
    status,
    version,
    isAutomatic: false,
    quietSince: null,
  });
  const story = await getIncidentStory(context, { id });
  expect(story.checks).toEqual([]);
  expect(await told(id)).toContain("shop joined: an effect of api.");
  expect(check.id).toBe((await alertOf("shop")).checkId);
});

test("an alert that a person took out stays out, and opens no other; so does one of an incident that was deleted", async () => {
  await failing("shop");
  await round();
  const { id } = await onlyIncident();
  await unlinkAlert(asAda, { id: (await alertOf("shop")).id });
  await round(60);
  await round(3_600);
  expect(await incidents()).toHaveLength(1);
  expect(await alertOf("shop")).toMatchObject({
    incidentId: null,
    incidentReason: expect.stringMatching(/^Ada took it out of INC-/),
  });
  await failing("mail");
  await round(3_600);
  await deleteIncident(context, { id: (await alertOf("mail")).incidentId ?? "" });
  await round(60);
  expect((await incidents()).map((one) => one.id)).toEqual([id]);
});

test("an alert joins an incident that a person declared of its check", async () => {
  const check = await failing("shop", { status: "ok" });
  const { id } = await declareIncident(asAda, {
    title: "Shop will fail",
    severity: "medium",
    checks: [{ checkId: check.id, impact: "partial" }],
  });
  await become("shop", "failed");
  await round(7_200);
  expect(await onlyIncident()).toMatchObject({ id, title: "Shop will fail", severity: "medium" });
  expect(await alertOf("shop")).toMatchObject({ incidentId: id, incidentReason: "the same check" });
});

test("who acknowledges an alert takes its incident on, at once; it still moves by itself", async () => {
  await failing("shop");
  await round();
  context.advance(120);
  await acknowledgeAlert(asAda, { id: (await alertOf("shop")).id });
  const { id } = await onlyIncident();
  expect(await onlyIncident()).toMatchObject({ acknowledgedAt: context.now(), isAutomatic: true });
  expect(await told(id)).toContain("Taken on by Ada, who acknowledged shop.");
  await become("shop", "ok");
  await round(60);
  expect((await onlyIncident()).status).toBe("monitoring");
});

test("a form that was opened before the automatism moved it is told", async () => {
  await failing("shop");
  await round();
  const { id, version } = await onlyIncident();
  await become("shop", "ok");
  await round(60);
  await expect(addUpdate(asAda, { id, message: "Found it", status: "identified", version })).rejects.toMatchObject({
    kind: "conflict",
    issues: [{ path: "status", message: "watchkeeper changed it to monitoring in the meantime" }],
  });
});

test("its cause fires later: it is named after that, and as severe as many failing checks are", async () => {
  await failing("shop", { dependsOn: ["database"] });
  await failing("cart", { dependsOn: ["database"] });
  await failing("database", { status: "ok", lastResult: { message: "", startedAt: START.toISOString() } });
  await round();
  const { id, title, severity } = await onlyIncident();
  expect(title).toMatch(/^(shop|cart): /);
  expect(severity).toBe("high");
  await become("database", "failed");
  await round(200);
  expect(await onlyIncident()).toMatchObject({ title: expect.stringMatching(/^database: /), severity: "critical" });
  expect(await told(id)).toContain("Named after database, which the others come from.");
});

test("what a worker that died left undone the next round does, also of an alert that is over by then", async () => {
  await failing("shop");
  await evaluateAlerts(context);
  await become("shop", "ok");
  context.advance(20);
  await evaluateAlerts(context);
  expect(await incidents()).toEqual([]);
  await moveIncidents(context);
  expect(await onlyIncident()).toMatchObject({ status: "monitoring" });
});

test("several workers at once open one incident and write each line once", async () => {
  for (const key of ["a", "b", "c", "d"]) await failing(key);
  await evaluateAlerts(context);
  await Promise.all(Array.from({ length: 6 }, () => followAlerts(context)));
  const { id, alerts } = await onlyIncident();
  expect(alerts).toHaveLength(4);
  const { timeline } = await getIncidentStory(context, { id });
  const lines = timeline.map(({ source, message }) => `${source} ${message}`);
  expect(new Set(lines).size).toBe(lines.length);
  expect(lines.filter((line) => line.startsWith("automatic Opened"))).toHaveLength(1);
});

test("an alert without a check opens one too, and a person who declares one from it meanwhile keeps it", async () => {
  await addAlert(context, { subject: "Error rate", summary: "9 % of requests fail (limit 5 %)." });
  await moveIncidents(context);
  expect(await onlyIncident()).toMatchObject({
    title: "Error rate: 9 % of requests fail (limit 5 %)",
    severity: "high",
  });
  const other = await addAlert(context, { subject: "Memory", firingSince: new Date(START.getTime() + 7_200_000) });
  const [declared] = await Promise.all([
    declareIncident(asAda, { title: "Memory is full", severity: "high", alertId: other.id }).catch(() => undefined),
    moveIncidents(context).catch(() => undefined),
  ]);
  await moveIncidents(context);
  const { incidentId } = await alertOf("Memory");
  expect(incidentId).not.toBeNull();
  if (declared) expect(incidentId).toBe(declared.id);
  const all = await context.db.incident.findMany({ include: { _count: { select: { alerts: true } } } });
  expect(all.every(({ _count }) => _count.alerts === 1)).toBe(true);
});

test("the loop looks when it is woken, tries again after a failure, and looks when a quiet incident falls due", async () => {
  let calls = 0;
  let finish: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (finish = resolve));
  const loop = createIncidentLoop(context, async () => {
    calls += 1;
    if (calls === 1) throw new Error("the database is away");
    if (calls === 3) finish();
    return { changed: 0, lookAgainAt: calls === 2 ? context.now() : null };
  });
  loop.wake();
  await done;
  await loop.stop();
  loop.wake();
  expect(calls).toBe(3);
});

test("a reminder of an action item neither opens an incident nor joins the one that begins with it", async () => {
  await createRule(context, { label: "Items", source: "action-item", severity: "critical", opensIncident: true });
  const lesson = await declareIncident(asAda, { title: "An old one", severity: "low" });
  await updateIncident(asAda, { id: lesson.id, status: "resolved" });
  await addAction(asAda, { id: lesson.id, title: "Page on lag", dueOn: "2026-11-20" });
  await failing("shop");
  await round();
  await round(60);
  expect((await incidents()).map(({ title, alerts }) => [title, alerts.map(({ subject }) => subject)])).toEqual([
    ["An old one", []],
    ["shop: answered 503", ["shop"]],
  ]);
  expect((await context.db.alert.findMany({ where: { source: "action-item" } })).map(({ state }) => state)).toEqual([
    "firing",
  ]);
});
