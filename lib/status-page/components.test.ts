import { beforeEach, describe, expect, test } from "vitest";
import { isProblem } from "@/lib/core/errors";
import { userActor } from "@/lib/testing/actors";
import { addCheck } from "@/lib/testing/checks";
import { createTestContext } from "@/lib/testing/test-context";
import { getComponent, listComponents } from "./list-components";
import { moveComponent, orderComponents } from "./order-components";
import { DEFAULT_SETTINGS, getStatusSettings, updateStatusSettings } from "./settings";
import { createComponent, deleteComponent, updateComponent } from "./write-component";

const context = await createTestContext();
const editor = context.as(userActor("editor"));
const admin = context.as(userActor("admin"));

beforeEach(() => context.sql.query("DELETE FROM status_components"));

const add = async (label: string, groupName = "") =>
  createComponent(editor, { label, groupName, checkIds: [(await addCheck(context)).id] });
const labels = async () => (await listComponents(context)).map(({ label }) => label);

/** The fields that a refusal names. */
async function issuesOf(promise: Promise<unknown>): Promise<string[]> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isProblem(error) ? error.issues.map(({ path }) => path) : ["not refused"];
}

test("an editor puts components on the page, changes them, and takes them off; each leaves its trace", async () => {
  const [one, two] = [await addCheck(context, { label: "A" }), await addCheck(context, { label: "B" })];
  const made = await createComponent(editor, { label: " Payments ", checkIds: [one.id] });
  expect(made).toMatchObject({ label: "Payments", groupName: "", showResponseTime: false, position: 0 });
  const changed = await updateComponent(editor, { id: made.id, showResponseTime: true, checkIds: [two.id, one.id] });
  expect(changed).toMatchObject({ label: "Payments", showResponseTime: true });
  expect(changed.checks.map(({ label }) => label)).toEqual(["A", "B"]);
  expect(await getComponent(context, { id: made.id })).toEqual(changed);
  await deleteComponent(editor, { id: made.id });
  expect(await listComponents(context)).toEqual([]);
  expect(await context.db.healthCheck.count({ where: { id: { in: [one.id, two.id] } } })).toBe(2);
  const trail = await context.db.auditEntry.findMany({ where: { subjectId: made.id }, orderBy: { at: "asc" } });
  expect(trail.map(({ action }) => action)).toEqual([
    "status-component.create",
    "status-component.update",
    "status-component.delete",
  ]);
});

test("wrong input is named at its field", async () => {
  const check = await addCheck(context);
  expect(await issuesOf(createComponent(editor, { label: "", checkIds: [] }))).toEqual(["label", "checkIds"]);
  expect(await issuesOf(createComponent(editor, { label: "x".repeat(81), checkIds: [check.id] }))).toEqual(["label"]);
  expect(await issuesOf(createComponent(editor, { label: "x", checkIds: [crypto.randomUUID()] }))).toEqual([
    "checkIds",
  ]);
  expect(await issuesOf(createComponent(editor, { label: "x", checkIds: [check.id, check.id] }))).toEqual(["checkIds"]);
});

describe("the order", () => {
  test("a component goes up and down by one place, a group as a whole", async () => {
    await add("Website");
    const cards = await add("Cards", "Payments");
    const transfers = await add("Transfers", "Payments");
    expect(await labels()).toEqual(["Website", "Cards", "Transfers"]);
    await moveComponent(editor, { id: transfers.id, direction: "up" });
    expect(await labels()).toEqual(["Website", "Transfers", "Cards"]);
    await moveComponent(editor, { id: transfers.id, direction: "up" });
    expect(await labels()).toEqual(["Transfers", "Cards", "Website"]);
    await moveComponent(editor, { id: cards.id, direction: "down" });
    expect(await labels()).toEqual(["Website", "Transfers", "Cards"]);
  });

  test("it can be given as a whole; one that was made on other components is told", async () => {
    const ids = [(await add("A")).id, (await add("B")).id, (await add("C")).id];
    await orderComponents(editor, { ids: ids.toReversed() });
    expect(await labels()).toEqual(["C", "B", "A"]);
    for (const wrong of [ids.slice(1), [...ids, ids[0]], [ids[0], ids[0], ids[1]]])
      await expect(orderComponents(editor, { ids: wrong })).rejects.toMatchObject({ kind: "conflict" });
    expect(await labels()).toEqual(["C", "B", "A"]);
  });

  test("twenty at once neither lose nor double a place", async () => {
    const made = [await add("A"), await add("B"), await add("C"), await add("D")];
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 5 === 0
          ? add(`New ${index}`)
          : moveComponent(editor, { id: made[index % 4]?.id ?? "", direction: index % 2 ? "up" : "down" }),
      ),
    );
    const rows = await context.db.statusComponent.findMany({ orderBy: { position: "asc" } });
    expect(rows.map(({ position }) => position)).toEqual(rows.map((_, index) => index));
    expect(rows).toHaveLength(8);
  });
});

describe("how the page presents itself", () => {
  test("it has defaults until an admin changes it", async () => {
    await context.sql.query("DELETE FROM status_page");
    expect(await getStatusSettings(context)).toEqual(DEFAULT_SETTINGS);
    const change = { title: "Shop", accent: "#0F766E", logoUrl: "/logo.svg", contactUrl: "mailto:help@example.com" };
    const after = { ...DEFAULT_SETTINGS, ...change, accent: "#0f766e" };
    expect(await updateStatusSettings(admin, change)).toEqual(after);
    expect(await getStatusSettings(context)).toEqual(after);
    expect(await updateStatusSettings(admin, { logoUrl: null })).toEqual({ ...after, logoUrl: null });
    await expect(updateStatusSettings(editor, { title: "Mine" })).rejects.toMatchObject({ kind: "forbidden" });
  });

  test.each([
    ["title", ""],
    ["title", "x".repeat(81)],
    ["accent", "teal"],
    ["accent", "#0f766e;}"],
    ["logoUrl", "//evil.example/x.png"],
    ["logoUrl", "http://example.com/x.png"],
    ["logoUrl", "javascript:alert(1)"],
    ["logoUrl", "/\\evil.example"],
    ["contactUrl", "javascript:alert(1)"],
    ["contactUrl", "help"],
  ])("%s %j is refused at its field", async (field, value) => {
    expect(await issuesOf(updateStatusSettings(admin, { [field]: value }))).toEqual([field]);
  });
});
