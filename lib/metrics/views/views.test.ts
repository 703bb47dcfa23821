import { beforeEach, expect, test } from "vitest";
import { makeUser } from "@/lib/testing/actors";
import { createTestContext } from "@/lib/testing/test-context";
import { createView } from "./create-view";
import { deleteView } from "./delete-view";
import { listViews } from "./list-views";
import { updateView } from "./update-view";
import { MAX_PINNED } from "./view";
import { clearAudit } from "@/lib/testing/clear-audit";

const context = await createTestContext();
const QUERY = "q=avg:cpu_usage";

beforeEach(async () => {
  await clearAudit(context.sql);
  await context.db.savedView.deleteMany();
});

test("an editor saves, changes and deletes a view; each is in the audit trail, and a viewer reads it", async () => {
  const editor = await makeUser(context, { role: "editor" });
  const as = context.as(editor.actor);
  const view = await createView(as, { name: " Night ", query: `?range=24h&${QUERY}&compare=week` });
  expect(view).toMatchObject({
    name: "Night",
    query: `${QUERY}&compare=week`,
    pinned: false,
    createdBy: editor.id,
  });
  const viewer = await makeUser(context, { role: "viewer" });
  expect(await listViews(context.as(viewer.actor))).toEqual([view]);
  expect(await updateView(as, { id: view.id, pinned: true })).toEqual({ ...view, pinned: true });
  await deleteView(as, { id: view.id });
  await expect(deleteView(as, { id: view.id })).rejects.toMatchObject({ kind: "not-found" });
  await expect(updateView(as, { id: view.id, name: "x" })).rejects.toMatchObject({ kind: "not-found" });
  const audit = await context.db.auditEntry.findMany({ orderBy: { id: "asc" } });
  expect(audit.map(({ action }) => action)).toEqual(["view.create", "view.update", "view.delete"]);
  expect(audit[1]).toMatchObject({ actorId: editor.id, before: { pinned: false }, after: { pinned: true } });
});

test("what may not be is said at its field", async () => {
  await createView(context, { name: "One", query: QUERY });
  await expect(createView(context, { name: "One", query: QUERY })).rejects.toMatchObject({
    kind: "conflict",
    issues: [{ path: "name", message: "Another view has this name." }],
  });
  await expect(createView(context, { name: "", query: "range=1h" })).rejects.toMatchObject({
    kind: "invalid",
    issues: [
      { path: "name", message: "is required" },
      { path: "query", message: "has no chart to save" },
    ],
  });
  await expect(createView(context, { name: "Two", query: "q=avg:cpu(host)" })).rejects.toMatchObject({
    issues: [{ path: "query", message: expect.stringContaining("avg:cpu(host)") }],
  });
});

test("the overview shows so many views and no more", async () => {
  for (let i = 0; i < MAX_PINNED; i += 1) await createView(context, { name: `View ${i}`, query: QUERY, pinned: true });
  const full = { kind: "conflict", message: expect.stringContaining("take one off first") };
  await expect(createView(context, { name: "More", query: QUERY, pinned: true })).rejects.toMatchObject(full);
  const { id } = await createView(context, { name: "More", query: QUERY });
  await expect(updateView(context, { id, pinned: true })).rejects.toMatchObject(full);
  expect((await listViews(context)).map(({ name }) => name).at(-1)).toBe("More");
});
