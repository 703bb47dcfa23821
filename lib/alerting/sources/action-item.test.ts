import { beforeEach, expect, test } from "vitest";
import { addAction } from "@/lib/incidents/actions/add-action";
import { deleteAction } from "@/lib/incidents/actions/delete-action";
import { updateAction } from "@/lib/incidents/actions/update-action";
import { declareIncident } from "@/lib/incidents/declare-incident";
import { makeUser } from "@/lib/testing/actors";
import { addChannel, alertLines, toldLines } from "@/lib/testing/alerting";
import { createTestContext } from "@/lib/testing/test-context";
import { evaluateAlerts } from "../evaluation/evaluate-alerts";
import { syncFileAlerting } from "../sync-file-alerting";
import { judgeAction } from "./action-item";

const context = await createTestContext();
const HOUR = 3_600;

beforeEach(async () => {
  context.setNow("2026-11-18T09:00:00Z");
  await context.sql.query("TRUNCATE incidents, alerts, alert_fingerprints, alert_rules, alert_channels, users CASCADE");
  await syncFileAlerting(context);
  await context.db.alertChannel.deleteMany();
  await addChannel(context);
});

/** Looks each hour for so many hours. */
async function hours(count: number): Promise<void> {
  for (let hour = 0; hour < count; hour += 1) {
    context.advance(HOUR);
    await evaluateAlerts(context, { sources: ["action-item"] });
  }
}

async function makeItem() {
  const incident = await declareIncident(context, { title: "Payments fail", severity: "high" });
  await context.db.incident.update({ where: { id: incident.id }, data: { number: 12 } });
  const ada = await makeUser(context, { role: "editor" });
  await context.db.user.update({ where: { id: ada.id }, data: { name: "Ada" } });
  const item = await addAction(context, {
    id: incident.id,
    title: "Page on lag",
    ownerId: ada.id,
    dueOn: "2026-11-20",
  });
  return { ...item, actor: { ...ada.actor, name: "Ada" } };
}

const SUBJECT = "Page on lag (INC-12), due 2026-11-20, owner Ada";

test("from the day after its date it reminds once a day, becomes a warning after a week, and is over when it is done", async () => {
  const { id, actor } = await makeItem();
  // Until 20 November, 23:00: the day it is due is not over.
  await hours(62);
  expect(await alertLines(context)).toEqual([]);
  // Midnight, and 23 hours more.
  await hours(24);
  expect(await alertLines(context)).toEqual([`firing info ${SUBJECT}`]);
  expect(await toldLines(context)).toEqual([`firing ${SUBJECT}`]);
  const [alert] = await context.db.alert.findMany();
  expect(alert?.summary).toBe("Page on lag was due on 2026-11-20, 1 day ago; owner Ada.");
  expect(alert?.labels).toMatchObject({ incident: "INC-12", owner: "Ada", rule: "action-items" });
  await hours(48);
  expect(await toldLines(context)).toEqual([`firing ${SUBJECT}`, `reminder ${SUBJECT}`, `reminder ${SUBJECT}`]);
  // On 28 November it is eight days over.
  await hours(5 * 24);
  expect(await alertLines(context)).toEqual([`firing warning ${SUBJECT}`]);
  expect((await toldLines(context)).filter((line) => line.startsWith("escalated"))).toEqual([`escalated ${SUBJECT}`]);
  await updateAction(context.as(actor), { id, isDone: true });
  await hours(1);
  expect(await alertLines(context)).toEqual([`resolved warning ${SUBJECT}`]);
  expect((await context.db.alert.findFirst())?.resolvedReason).toBe(
    "the condition is gone: Page on lag is done by Ada.",
  );
  expect((await toldLines(context)).filter((line) => line.startsWith("resolved"))).toEqual([`resolved ${SUBJECT}`]);
  // Nothing of it opened an incident of its own.
  expect(await context.db.incident.count()).toBe(1);
});

test("one that was opened again reminds again; another date, or no item any more, ends it", async () => {
  const { id } = await makeItem();
  context.setNow("2026-11-21T09:00:00Z");
  await hours(1);
  await updateAction(context, { id, dueOn: "2026-12-01" });
  await hours(1);
  expect(await alertLines(context)).toEqual([`resolved info ${SUBJECT}`]);
  context.setNow("2026-12-02T00:00:00Z");
  await hours(1);
  expect((await alertLines(context)).at(-1)).toBe("firing info Page on lag (INC-12), due 2026-12-01, owner Ada");
  await updateAction(context, { id, isDone: true });
  await hours(1);
  await updateAction(context, { id, isDone: false, ownerId: null });
  await hours(1);
  // It told of it today already.
  expect((await alertLines(context)).at(-1)).toBe(
    "firing info Page on lag (INC-12), due 2026-12-01, nobody has it (cooldown until 2026-12-03 01:00 UTC: it was told at 2026-12-02 01:00 UTC)",
  );
  await deleteAction(context, { id });
  await hours(1);
  expect((await alertLines(context)).filter((line) => line.startsWith("firing"))).toEqual([]);
});

test("items without a date, and those that are done, remind nobody", async () => {
  const { incidentId } = await makeItem();
  await addAction(context, { id: incidentId, title: "Some day" });
  const { id } = await addAction(context, { id: incidentId, title: "Done", dueOn: "2026-11-01" });
  await updateAction(context, { id, isDone: true });
  await hours(1);
  expect(await alertLines(context)).toEqual([]);
});

test.each([
  ["2026-11-20", "info", false, "info"],
  ["2026-11-21", "info", true, "info"],
  ["2026-11-27", "info", true, "info"],
  ["2026-11-28", "info", true, "warning"],
  ["2026-11-28", "critical", true, "critical"],
  ["2028-02-29", "warning", true, "warning"],
] as const)("on %s an item due 2026-11-20 of a rule that is %s: %s, %s", (today, severity, holds, becomes) => {
  const row = { id: "a", title: "x", incident: 1, dueOn: "2026-11-20", owner: null, doneBy: null, isDone: false };
  expect(judgeAction({ warnAfterDays: 7 }, severity, row, today)).toMatchObject({ holds, severity: becomes });
  expect(judgeAction({ warnAfterDays: 7 }, severity, { ...row, isDone: true }, today).holds).toBe(false);
});
