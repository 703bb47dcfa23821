import { beforeEach, expect, test } from "vitest";
import { makeUser } from "@/lib/testing/actors";
import { createTestContext } from "@/lib/testing/test-context";
import { createUser } from "./create-user";
import { deleteUser } from "./delete-user";
import { getUser } from "./get-user";
import { listUsers } from "./list-users";
import { updateUser } from "./update-user";
import { clearAudit } from "@/lib/testing/clear-audit";

const context = await createTestContext();
const PASSWORD = "correct horse battery";

beforeEach(async () => {
  await clearAudit(context.sql);
  await context.db.user.deleteMany();
});

test("a user is made, read, changed and deleted, each with an audit row that holds no secret", async () => {
  const admin = await makeUser(context, { role: "admin" });
  const as = context.as({ ...admin.actor, address: "192.0.2.7" });
  const user = await createUser(as, { email: "New@Example.com", name: "New", role: "viewer", password: PASSWORD });
  expect(user).toEqual({
    id: expect.any(String),
    email: "new@example.com",
    name: "New",
    role: "viewer",
    disabledAt: null,
    createdAt: expect.any(Date),
  });
  expect(await getUser(as, { id: user.id })).toEqual(user);
  await updateUser(as, { id: user.id, role: "editor", password: "another horse battery" });
  await deleteUser(as, { id: user.id });
  await expect(getUser(as, { id: user.id })).rejects.toMatchObject({ kind: "not-found" });

  const audit = await context.db.auditEntry.findMany({ orderBy: { id: "asc" } });
  expect(audit.map((row) => row.action)).toEqual(["user.create", "user.update", "user.delete"]);
  for (const row of audit)
    expect(row).toMatchObject({
      actorKind: "user",
      actorId: admin.id,
      address: "192.0.2.7",
      subjectType: "user",
      subjectId: user.id,
    });
  expect(audit[1]).toMatchObject({ before: { role: "viewer" }, after: { role: "editor", passwordChanged: true } });
  const text = JSON.stringify(audit, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
  expect(text).not.toMatch(/scrypt|horse/);
});

test("a password that is not given is generated and answered once", async () => {
  const user = await createUser(context, { email: "a@example.com", role: "viewer" });
  expect(user.password).toMatch(/^[\w-]{20}$/);
  expect(await getUser(context, { id: user.id })).not.toHaveProperty("password");
});

test("an address has one account, whatever its case", async () => {
  await createUser(context, { email: "a@example.com", role: "viewer", password: PASSWORD });
  await expect(
    createUser(context, { email: "A@Example.com", role: "viewer", password: PASSWORD }),
  ).rejects.toMatchObject({ kind: "conflict", issues: [{ path: "email" }] });
});

test.each([
  [{ email: "no", role: "viewer" }, ["email"]],
  [{ email: "a@example.com", role: "owner" }, ["role"]],
  [{ email: "a@example.com", role: "viewer", password: "short" }, ["password"]],
  [{ email: "alexandra@example.com", role: "viewer", password: "alexandra@example.com" }, ["password"]],
  [{ email: "a@example.com", role: "viewer", name: " " }, ["name"]],
  [{ email: "a@example.com", role: "viewer", admin: true }, [""]],
  [undefined, [""]],
])("%j is refused at %j", async (input, paths) => {
  const refusal = await createUser(context, input).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ kind: "invalid", issues: paths.map((path) => ({ path })) });
});

test("the last admin can't be demoted, disabled or deleted; a disabled one doesn't count", async () => {
  const admin = await makeUser(context, { role: "admin" });
  const other = await makeUser(context, { role: "admin" });
  await updateUser(context, { id: other.id, disabled: true });
  await expect(updateUser(context, { id: admin.id, role: "editor" })).rejects.toMatchObject({ kind: "conflict" });
  await expect(updateUser(context, { id: admin.id, disabled: true })).rejects.toMatchObject({ kind: "conflict" });
  await expect(deleteUser(context, { id: admin.id })).rejects.toMatchObject({ kind: "conflict" });
  await deleteUser(context, { id: other.id });
  await updateUser(context, { id: admin.id, name: "Still here" });
});

test("of two admins who remove each other at the same time, one stays", async () => {
  const [one, two] = await Promise.all([makeUser(context, { role: "admin" }), makeUser(context, { role: "admin" })]);
  const outcomes = await Promise.allSettled([
    deleteUser(context.as(one.actor), { id: two.id }),
    updateUser(context.as(two.actor), { id: one.id, role: "viewer" }),
  ]);
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await context.db.user.count({ where: { role: "admin" } })).toBe(1);
});

test("what fails writes no audit row", async () => {
  await expect(deleteUser(context, { id: crypto.randomUUID() })).rejects.toMatchObject({ kind: "not-found" });
  await expect(updateUser(context, { id: "no uuid", name: "x" })).rejects.toMatchObject({ kind: "not-found" });
  expect(await context.db.auditEntry.count()).toBe(0);
});

test("the list goes on by its cursor until the end", async () => {
  for (const letter of "bdace") await makeUser(context, { email: `${letter}@example.com` });
  const first = await listUsers(context, { limit: 3 });
  expect(first.items.map((user) => user.email)).toEqual(["a@example.com", "b@example.com", "c@example.com"]);
  const second = await listUsers(context, { limit: 3, cursor: first.next ?? "" });
  expect(second).toMatchObject({ items: [{ email: "d@example.com" }, { email: "e@example.com" }], next: null });
  await expect(listUsers(context, { cursor: "made up" })).rejects.toMatchObject({
    kind: "invalid",
    issues: [{ path: "cursor" }],
  });
});
