import { expect, test } from "vitest";
import { makePartitions } from "@/lib/db/partitions";
import { declareIncident } from "@/lib/incidents/declare-incident";
import { getIncidentStory } from "@/lib/incidents/get-incident";
import { makeUser } from "@/lib/testing/actors";
import { makeProject, sendOne, thrown } from "@/lib/testing/errors";
import { createTestContext } from "@/lib/testing/test-context";
import { linkGroupIncident } from "./assign-group";
import { listGroups } from "./list-groups";

const context = await createTestContext();
context.setNow("2026-11-25T03:00:00Z");
await makePartitions(context.sql, context.now(), context.now());
const { actor } = await makeUser(context, { role: "editor" });
const editor = context.as({ ...actor, name: "Ada" });
const declare = (title: string) => declareIncident(context, { title, severity: "high" });

test("an error is added to an incident, moved to another and taken out: each timeline says so, with the way to the error", async () => {
  const [payments, shop] = [await declare("Payments fail"), await declare("The shop is slow")];
  const id = await sendOne(context, await makeProject(context), thrown("pay"));
  const lines = async (incident: { id: string }) =>
    (await getIncidentStory(context, incident)).timeline
      .filter(({ link }) => link !== null)
      .map(({ message, link }) => `${message} ${link}`);
  const link = async (incidentId: string | null) => {
    context.advance(60);
    return linkGroupIncident(editor, { id, incidentId });
  };
  expect(await link(payments.id)).toMatchObject({ incidentId: payments.id });
  // Again changes nothing.
  await link(payments.id);
  expect(await lines(payments)).toEqual([`Ada added the error “TypeError: broke in pay”. /errors/${id}`]);
  expect((await listGroups(context, { query: "is:linked" })).items.map((group) => group.id)).toEqual([id]);
  await link(shop.id);
  expect((await lines(payments)).at(-1)).toBe(`Ada took the error “TypeError: broke in pay” out. /errors/${id}`);
  expect(await lines(shop)).toEqual([`Ada added the error “TypeError: broke in pay”. /errors/${id}`]);
  expect(await link(null)).toMatchObject({ incidentId: null });
  expect(await lines(shop)).toHaveLength(2);
  await expect(link("8a2a3a44-0000-4000-8000-000000000000")).rejects.toMatchObject({
    issues: [{ path: "incidentId", message: "there is no such incident" }],
  });
});
