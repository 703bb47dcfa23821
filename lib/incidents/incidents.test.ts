import { beforeEach, expect, test } from "vitest";
import { makeUser, userActor } from "@/lib/testing/actors";
import { addAlert } from "@/lib/testing/alerts";
import { addCheck } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import { acknowledgeIncident } from "./acknowledge-incident";
import { addUpdate } from "./add-update";
import { changeEntry } from "./change-entry";
import { declareIncident } from "./declare-incident";
import { deleteIncident } from "./delete-incident";
import { getIncidentStory } from "./get-incident";
import { linkAlert, unlinkAlert } from "./link-alert";
import { listAffected } from "./list-affected";
import { countIncidents, listIncidents } from "./list-incidents";
import { listLeads } from "./list-leads";
import { setAffected } from "./set-affected";
import { updateIncident } from "./update-incident";
import { clearAudit } from "@/lib/testing/clear-audit";

const base = await createTestContext();
const START = new Date("2026-11-27T12:00:00Z");
const ada = { ...userActor("editor"), name: "Ada" };
const grace = { ...userActor("editor"), name: "Grace" };

beforeEach(async () => {
  base.setNow(START);
  await base.sql.query("TRUNCATE incidents, alerts, health_checks, users CASCADE");
  await clearAudit(base.sql);
  for (const { id, name } of [ada, grace])
    await base.db.user.create({
      data: { id, name, email: `${name.toLowerCase()}@example.com`, role: "editor", passwordHash: "x" },
    });
});

const declare = (more: object = {}) =>
  declareIncident(base.as(ada), { title: "Payments fail", severity: "high", ...more });
const lines = async (id: string) =>
  (await getIncidentStory(base, { id })).timeline.map(({ source, status, message }) =>
    [source, status, message].filter(Boolean).join(" | "),
  );

test("declared, updated three times, its severity raised, resolved, reopened: the timeline tells it, the times follow", async () => {
  const { id, number } = await declare({ description: "Cards are *refused*." });
  expect(number).toBeGreaterThan(0);
  base.advance(60);
  await addUpdate(base.as(ada), { id, message: "We look at it." });
  base.advance(60);
  await addUpdate(base.as(grace), { id, message: "It was the deploy.", status: "identified" });
  base.advance(60);
  await updateIncident(base.as(grace), { id, severity: "critical" });
  base.advance(60);
  await addUpdate(base.as(ada), { id, message: "Rolled back.", status: "monitoring" });
  const mitigatedAt = base.now();
  base.advance(600);
  const { incident } = await addUpdate(base.as(ada), { id, message: "Over.", status: "resolved" });
  expect(incident).toMatchObject({ status: "resolved", resolvedAt: base.now(), mitigatedAt, detectedAt: START });
  base.advance(60);
  const reopened = await updateIncident(base.as(grace), { id, status: "investigating" });
  expect(reopened).toMatchObject({ status: "investigating", resolvedAt: null, mitigatedAt: null });
  expect(await lines(id)).toEqual([
    "change | investigating | Ada declared the incident, high.",
    "update | investigating | We look at it.",
    "update | identified | It was the deploy.",
    "change | Grace changed the severity from high to critical.",
    "update | monitoring | Rolled back.",
    "update | resolved | Over.",
    "change | investigating | Grace reopened it: it had been resolved at 2026-11-27 12:14 UTC.",
  ]);
});

test("each update that changes nothing else still leaves the status as it is", async () => {
  const { id } = await declare();
  const { incident } = await addUpdate(base.as(ada), { id, message: "Still looking.", status: "investigating" });
  expect(incident.status).toBe("investigating");
});

test.each([
  ["identified", "It is resolved: reopen it (as investigating) before it becomes identified."],
  ["monitoring", "It is resolved: reopen it (as investigating) before it becomes monitoring."],
])("a resolved incident does not become %s", async (status, message) => {
  const { id } = await declare();
  await updateIncident(base.as(ada), { id, status: "resolved" });
  await expect(addUpdate(base.as(ada), { id, message: "Hm", status })).rejects.toMatchObject({
    kind: "invalid",
    issues: [{ path: "status", message }],
  });
  await expect(updateIncident(base.as(ada), { id, status })).rejects.toMatchObject({ kind: "invalid" });
});

test.each([
  [{ title: "x".repeat(201) }, "title", "must have at most 200 characters"],
  [{ title: "  " }, "title", "is required"],
  [{ severity: "urgent" }, "severity", "must be one of low, medium, high, critical"],
  [{ status: "resolved" }, "status", "must be one of investigating, identified, monitoring"],
  [{ visibility: "secret" }, "visibility", "must be one of internal, public"],
  [{ startedAt: "2027-01-01T00:00:00Z" }, "startedAt", "must not be in the future"],
  [
    { startedAt: "2026-11-27T11:00:00Z", detectedAt: "2026-11-27T10:00:00Z" },
    "detectedAt",
    "must not be before the start",
  ],
  [{ leadId: crypto.randomUUID() }, "leadId", "there is no such user"],
  [{ checks: [{ checkId: crypto.randomUUID(), impact: "major" }] }, "checks.0.checkId", "there is no such check"],
  [{ alertId: crypto.randomUUID() }, "alertId", "there is no such alert"],
  [{ resolvedAt: "2026-11-27T11:00:00Z" }, "", 'Unrecognized key: "resolvedAt"'],
])("a declaration with %o is refused at its field", async (wrong, path, message) => {
  const declared = declare(wrong);
  await expect(declared).rejects.toMatchObject({ kind: "invalid", issues: [expect.objectContaining({ path })] });
  if (path) await expect(declared).rejects.toMatchObject({ issues: [{ path, message }] });
  expect(await base.db.incident.count()).toBe(0);
});

test("the second of two editors is told what changed; other fields go through; again with the new version overwrites", async () => {
  const { id, version } = await declare();
  await updateIncident(base.as(grace), { id, version, severity: "critical", title: "Payments are down" });
  await expect(updateIncident(base.as(ada), { id, version, severity: "medium" })).rejects.toMatchObject({
    kind: "conflict",
    issues: [{ path: "severity", message: "Grace changed it to critical in the meantime" }],
  });
  const other = await updateIncident(base.as(ada), { id, version, description: "Cards" });
  expect(other).toMatchObject({ severity: "critical", title: "Payments are down", description: "Cards" });
  const again = await updateIncident(base.as(ada), { id, version: other.version, severity: "medium" });
  expect(again.severity).toBe("medium");
});

test("a conflict names the version that it was found on; with it nothing that came later is overwritten unseen", async () => {
  const { id, version } = await declare();
  const { version: newest } = await updateIncident(base.as(grace), { id, severity: "critical" });
  const told = await updateIncident(base.as(ada), { id, version, severity: "low" }).catch((error: unknown) => error);
  expect(told).toMatchObject({ kind: "conflict", version: newest });
  await updateIncident(base.as(grace), { id, severity: "medium" });
  await expect(updateIncident(base.as(ada), { id, version: newest, severity: "low" })).rejects.toMatchObject({
    issues: [{ path: "severity", message: "Grace changed it to medium in the meantime" }],
  });
});

test("the affected checks too are not overwritten unseen", async () => {
  const { id, version } = await declare();
  const [shop, pay] = [await addCheck(base, { label: "Shop" }), await addCheck(base, { label: "Pay" })];
  const affected = (check: { id: string }) => [{ checkId: check.id, impact: "major" }];
  const newest = await setAffected(base.as(grace), { id, version, checks: affected(shop) });
  await expect(setAffected(base.as(ada), { id, version, checks: affected(pay) })).rejects.toMatchObject({
    kind: "conflict",
    version: newest,
    issues: [{ path: "checks", message: "Grace changed the affected checks in the meantime" }],
  });
  await setAffected(base.as(ada), { id, version: newest, checks: affected(pay) });
  expect((await listAffected(base, { ids: [id] })).get(id)).toMatchObject([{ label: "Pay", impact: "major" }]);
});

test("an incident is found and changed by its number too", async () => {
  const { id, number } = await declare();
  expect((await getIncidentStory(base, { id: `inc-${number}` })).incident.id).toBe(id);
  await expect(getIncidentStory(base, { id: "999999" })).rejects.toMatchObject({ kind: "not-found" });
  const changed = await updateIncident(base.as(ada), { id: String(number), severity: "low" });
  expect(changed).toMatchObject({ id, severity: "low" });
  await expect(updateIncident(base.as(ada), { id: "999999", severity: "low" })).rejects.toMatchObject({
    kind: "not-found",
  });
});

test("whoever can sign in can lead", async () => {
  await base.db.user.update({ where: { id: grace.id }, data: { disabledAt: START } });
  expect(await listLeads(base)).toEqual([{ id: ada.id, name: "Ada" }]);
});

test("an update on a status that somebody else changed meanwhile is told; without a change of status it is written", async () => {
  const { id, version } = await declare();
  await addUpdate(base.as(grace), { id, message: "Over.", status: "resolved" });
  await expect(
    addUpdate(base.as(ada), { id, version, message: "Still down", status: "investigating" }),
  ).rejects.toMatchObject({
    kind: "conflict",
    issues: [{ path: "status", message: "Grace changed it to resolved in the meantime" }],
  });
  await addUpdate(base.as(ada), { id, version, message: "A note" });
  expect((await lines(id)).at(-1)).toBe("update | resolved | A note");
});

test("20 edits at once: none is lost", async () => {
  const { id, version } = await declare();
  const updates = Array.from({ length: 10 }, (_, n) => addUpdate(base.as(ada), { id, message: `note ${n}`, version }));
  const titles = Array.from({ length: 10 }, (_, n) => updateIncident(base.as(grace), { id, title: `Title ${n}` }));
  await Promise.all([...updates, ...titles]);
  const { incident, timeline } = await getIncidentStory(base, { id });
  expect(incident.version).toBe(version + 20);
  expect(timeline).toHaveLength(21);
  const changes = timeline.filter(({ source, message }) => source === "change" && message.includes("title"));
  // Each edit saw the one before: the titles they name are all there are, but for the last.
  const named = changes.map(({ message }) => /from “(.*)”/.exec(message)?.[1]);
  expect(new Set([...named, incident.title]).size).toBe(11);
});

test("of 20 edits of one field made on the same version one goes through, and 19 are told", async () => {
  const { id, version } = await declare();
  const edits = Array.from({ length: 20 }, (_, n) =>
    updateIncident(base.as(n % 2 ? ada : grace), { id, version, title: `Title ${n}` }),
  );
  const settled = await Promise.allSettled(edits);
  const told = settled.filter((one) => one.status === "rejected");
  expect(told).toHaveLength(19);
  expect(told.every(({ reason }) => reason.kind === "conflict")).toBe(true);
});

test("affected checks come and go by name, and outlive their check", async () => {
  const { id } = await declare();
  const shop = await addCheck(base, { key: "shop", label: "Shop" });
  const pay = await addCheck(base, { key: "pay", label: "Pay" });
  await setAffected(base.as(ada), {
    id,
    checks: [
      { checkId: shop.id, impact: "major" },
      { checkId: pay.id, impact: "degraded" },
    ],
  });
  await setAffected(base.as(ada), { id, checks: [{ checkId: shop.id, impact: "partial" }] });
  await base.db.healthCheck.delete({ where: { id: shop.id } });
  expect((await getIncidentStory(base, { id })).checks).toEqual([{ checkId: null, label: "Shop", impact: "partial" }]);
  expect((await lines(id)).slice(1)).toEqual([
    "change | Shop is affected (major). Pay is affected (degraded).",
    "change | Shop went from major to partial. Pay is not affected.",
  ]);
});

test("a line is pinned, hidden and annotated; what the product noted can't be rewritten", async () => {
  const { id } = await declare();
  const { updateId } = await addUpdate(base.as(ada), { id, message: "Typo hree" });
  await changeEntry(base.as(ada), {
    id: updateId,
    isPinned: true,
    isPublic: false,
    annotation: "The first sign",
    message: "Typo here",
  });
  const [declared, update] = (await getIncidentStory(base, { id })).timeline;
  expect(update).toMatchObject({ isPinned: true, isPublic: false, annotation: "The first sign", message: "Typo here" });
  await expect(changeEntry(base.as(ada), { id: declared?.id ?? "", message: "x" })).rejects.toMatchObject({
    kind: "invalid",
  });
});

test("whoever takes an incident on leads it, the first one stays", async () => {
  const { id } = await base.db.incident.create({
    data: { title: "Down", severity: "high", isAutomatic: true, startedAt: START, detectedAt: START },
  });
  base.advance(120);
  await acknowledgeIncident(base.as(ada), { id });
  base.advance(60);
  await acknowledgeIncident(base.as(grace), { id });
  const { incident } = await getIncidentStory(base, { id });
  expect(incident).toMatchObject({
    lead: "Ada",
    acknowledgedAt: new Date("2026-11-27T12:02:00Z"),
    isAutomatic: false,
  });
});

test("a lead who took it on meanwhile is not replaced unseen", async () => {
  const { id, version } = await declare();
  await acknowledgeIncident(base.as(grace), { id });
  await expect(updateIncident(base.as(ada), { id, version, leadId: ada.id })).rejects.toMatchObject({
    kind: "conflict",
    issues: [{ path: "leadId", message: "Grace changed the lead in the meantime" }],
  });
});

test("declared from an alert it begins with it; alerts join and leave", async () => {
  const alert = await addAlert(base, {
    pendingSince: new Date("2026-11-27T11:50:00Z"),
    firingSince: new Date("2026-11-27T11:52:00Z"),
  });
  const other = await addAlert(base, { subject: "Shop" });
  const { id, number, startedAt, detectedAt } = await declare({ alertId: alert.id });
  expect([startedAt, detectedAt]).toEqual([new Date("2026-11-27T11:50:00Z"), new Date("2026-11-27T11:52:00Z")]);
  await linkAlert(base.as(ada), { id: other.id, incidentId: id });
  expect((await getIncidentStory(base, { id })).alerts).toHaveLength(2);
  const second = await declare();
  await expect(declare({ alertId: alert.id })).rejects.toMatchObject({
    issues: [{ path: "alertId", message: `this alert belongs to INC-${number} already` }],
  });
  await expect(linkAlert(base.as(ada), { id: other.id, incidentId: second.id })).rejects.toMatchObject({
    kind: "conflict",
  });
  await unlinkAlert(base.as(ada), { id: other.id });
  expect((await getIncidentStory(base, { id })).alerts).toHaveLength(1);
});

test("the list is filtered by state, severity, lead, check and words", async () => {
  const check = await addCheck(base, { key: "shop" });
  const one = await declare({
    title: "Shop is slow",
    severity: "low",
    checks: [{ checkId: check.id, impact: "degraded" }],
  });
  base.advance(1);
  const two = await declare({ title: "Mail waits", leadId: ada.id });
  await addUpdate(base.as(ada), { id: two.id, message: "The provider is down", status: "resolved" });
  const found = async (filter: object) => (await listIncidents(base, filter)).items.map(({ title }) => title);
  expect(await found({})).toEqual(["Mail waits", "Shop is slow"]);
  expect(await found({ status: "open" })).toEqual(["Shop is slow"]);
  expect(await found({ status: "resolved" })).toEqual(["Mail waits"]);
  expect(await found({ severity: "low" })).toEqual(["Shop is slow"]);
  expect(await found({ lead: ada.id })).toEqual(["Mail waits"]);
  expect(await found({ check: check.id })).toEqual(["Shop is slow"]);
  expect(await found({ query: "provider" })).toEqual(["Mail waits"]);
  expect(await found({ query: `inc-${one.number}` })).toEqual(["Shop is slow"]);
  expect(await countIncidents(base)).toEqual({ investigating: 1, identified: 0, monitoring: 0, resolved: 1 });
});

test("only an admin deletes; every change is in the audit log", async () => {
  const { id } = await declare();
  await expect(deleteIncident(base.as(ada), { id })).rejects.toMatchObject({ kind: "forbidden" });
  const admin = await makeUser(base, { role: "admin" });
  await deleteIncident(base.as({ kind: "user", id: admin.id, name: "Root", role: "admin" }), { id });
  const audit = await base.db.auditEntry.findMany({
    orderBy: { id: "asc" },
    select: { action: true, actorName: true },
  });
  expect(audit.filter(({ action }) => action.startsWith("incident."))).toEqual([
    { action: "incident.declare", actorName: "Ada" },
    { action: "incident.delete", actorName: "Root" },
  ]);
});

test.each(["viewer"] as const)("a %s reads and changes nothing", async (role) => {
  const { id } = await declare();
  const viewer = base.as(userActor(role));
  expect((await getIncidentStory(viewer, { id })).incident.title).toBe("Payments fail");
  for (const write of [
    () => declareIncident(viewer, { title: "x", severity: "low" }),
    () => updateIncident(viewer, { id, title: "x" }),
    () => addUpdate(viewer, { id, message: "x" }),
    () => setAffected(viewer, { id, checks: [] }),
    () => acknowledgeIncident(viewer, { id }),
  ])
    await expect(write()).rejects.toMatchObject({ kind: "forbidden" });
});
