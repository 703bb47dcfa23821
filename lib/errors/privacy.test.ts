import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { formMessages } from "@/lib/alerting/delivery/form-messages";
import { evaluateAlerts } from "@/lib/alerting/evaluation/evaluate-alerts";
import { createRule } from "@/lib/alerting/rules/write-rule";
import type { Logger } from "@/lib/core/log";
import { collectTimeline } from "@/lib/incidents/timeline/collect-timeline";
import { receiveLogs } from "@/lib/logs/receive-logs";
import { readJsonLog } from "@/lib/logs/receive-json";
import { addChannel } from "@/lib/testing/alerting";
import { makeProject, send, sendOne, thrown } from "@/lib/testing/errors";
import { everywhere, lineWith, lineWithField, named } from "@/lib/testing/secret-events";
import { tablesWith } from "@/lib/testing/search-tables";
import { SECRET_FIELDS, SECRETS_IN_TEXT } from "@/lib/testing/secrets";
import { createTestContext } from "@/lib/testing/test-context";
import { deleteUserData } from "./delete-user-data";
import { linkGroupIncident } from "./groups/assign-group";
import { readGroup } from "./groups/group";

const base = await createTestContext();
const logged: unknown[] = [];
const note = (...parts: unknown[]) => void logged.push(...parts);
const log: Logger = { debug: note, info: note, warn: note, error: note };
const context = { ...base, log };
const project = await makeProject(context);

test.each(SECRETS_IN_TEXT)(
  "%s is nowhere in the database, wherever in an event or log it stood",
  async (_, text, secret) => {
    const [outcome] = await send(context, project, everywhere(text));
    expect(outcome?.result).toBe("stored");
    const line = readJsonLog(lineWith(text));
    expect(await receiveLogs(context, line ? [line] : [])).toBeUndefined();
    expect(await tablesWith(context.sql, secret)).toEqual([]);
  },
);

test("what fields of 30 names hold is nowhere in the database", async () => {
  for (const [i, name] of SECRET_FIELDS.entries()) {
    const value = `s3cretvalue${i}x`;
    await send(context, project, named(name, value));
    const line = readJsonLog(lineWithField(name, value));
    await receiveLogs(context, line ? [line] : []);
    expect(await tablesWith(context.sql, value), name).toEqual([]);
  }
});

test("nothing of it was logged either", () => {
  const text = JSON.stringify(logged);
  for (const [, , secret] of SECRETS_IN_TEXT) expect(text).not.toContain(secret);
});

test("what tells that there was something stays, so that the test above can fail", async () => {
  await send(context, project, thrown("x", { extra: { note: "a harmless needle" } }));
  expect((await tablesWith(context.sql, "a harmless needle"))[0]).toMatch(/^error_events_/);
});

test("a user's data deleted: no copy of it is left in any table, the rest is as it was", async () => {
  const user = { id: "user-8154711", email: "Grace@example.com", username: "amazinggrace" };
  const id = await sendOne(context, project, thrown("hers", { user }));
  await sendOne(context, project, thrown("hers", { user: { id: "user-other" } }));
  await sendOne(context, project, thrown("mentions", { extra: { note: "mail to grace@example.com failed" } }));
  await sendOne(context, project, {
    message: `No cart of Grace@example.com`,
    tags: { customer: "grace@example.com" },
    user,
  });
  const lines = [
    { message: "login of amazinggrace" },
    { message: "x", attributes: { "user.id": "user-8154711" } },
    { message: "x", attributes: { deep: { mail: "grace@example.com" } } },
    { message: "somebody else" },
  ].map(readJsonLog);
  await receiveLogs(
    context,
    lines.filter((line) => line !== undefined),
  );
  for (const word of Object.values(user)) expect(await tablesWith(context.sql, word)).not.toEqual([]);

  expect(await deleteUserData(context, { user: "user-8154711" })).toEqual({ events: 3, logLines: 3 });
  for (const word of Object.values(user)) expect(await tablesWith(context.sql, word), word).toEqual([]);
  // Counts are of all events there ever were.
  expect(await readGroup(context, id)).toMatchObject({ eventCount: 2 });
  expect(await context.db.errorEvent.count({ where: { groupId: id } })).toBe(1);
  expect(await tablesWith(context.sql, "somebody else")).not.toEqual([]);
  expect(await deleteUserData(context, { user: "user-8154711" })).toEqual({ events: 0, logLines: 0 });
});

test("nor is one left in what was told of an error: its alert, the message, an incident and its timeline", async () => {
  const name = `O'Hara "${randomUUID()}" \\ (x+)`;
  await addChannel(base);
  await createRule(context, { label: "Errors", source: "error-group", config: { projects: [project.name] } });
  // As an alert opens it.
  const incident = await context.db.incident.create({
    data: { title: `No cart of ${name}`, severity: "low", startedAt: context.now() },
  });
  const id = await sendOne(context, project, { message: `No cart of ${name}` });
  await evaluateAlerts(context);
  await context.sql.query("UPDATE notifications SET send_after = created_at");
  expect(await formMessages(context)).toBe(1);
  await collectTimeline(context);
  await linkGroupIncident(context, { id, incidentId: incident.id });
  // In JSON it is written another way.
  const holding = [...(await tablesWith(context.sql, name)), ...(await tablesWith(context.sql, name.slice(8, 44)))];
  expect(holding).toEqual(
    expect.arrayContaining(["alerts", "alert_events", "incidents", "incident_updates", "notification_messages"]),
  );
  await deleteUserData(context, { user: name });
  expect(await tablesWith(context.sql, name.slice(8, 44))).toEqual([]);
  const alert = await context.db.alert.findFirst({ where: { labels: { path: ["error"], equals: id } } });
  expect(alert?.subject).toBe(`No cart of [deleted] (${project.name})`);
});

test("a short id is looked for where users are named, and nowhere else", async () => {
  const id = await sendOne(context, project, thrown("short", { user: { id: 42 }, extra: { answer: "42" } }));
  await sendOne(context, project, thrown("short", { user: { id: 43 }, extra: { answer: "42" } }));
  expect(await deleteUserData(context, { user: "42" })).toMatchObject({ events: 1 });
  expect(await context.db.errorEvent.count({ where: { groupId: id } })).toBe(1);
});
