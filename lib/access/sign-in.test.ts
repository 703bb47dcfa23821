import { beforeAll, expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { changeOwnPassword } from "./change-own-password";
import { createFirstAdmin } from "./first-admin";
import { createUser } from "./create-user";
import { findSessionActor } from "./find-session-actor";
import { signIn } from "./sign-in";
import { updateUser } from "./update-user";

const context = await createTestContext();
const PASSWORD = "correct horse battery";
const visitor = (address: string) => context.as({ kind: "anonymous", address });
let id = "";

beforeAll(async () => {
  ({ id } = await createUser(context, { email: "Ann@Example.com", role: "editor", password: PASSWORD }));
});

test("the right password signs in, whatever the address's case; a wrong one and an unknown account answer the same", async () => {
  const signedIn = await signIn(visitor("192.0.2.1"), { email: " ANN@example.com", password: PASSWORD });
  expect(signedIn).toEqual({ id, email: "ann@example.com", name: "ann", role: "editor", sessionVersion: 1 });
  expect(await signIn(visitor("192.0.2.1"), { email: "ann@example.com", password: "wrong" })).toBeNull();
  expect(await signIn(visitor("192.0.2.1"), { email: "nobody@example.com", password: PASSWORD })).toBeNull();
  expect(await signIn(visitor("192.0.2.1"), { email: "not an address", password: PASSWORD })).toBeNull();
  expect(await signIn(visitor("192.0.2.1"), undefined)).toBeNull();
});

test("an unknown account takes as long as a known one", async () => {
  const timeOf = async (email: string) => {
    const start = performance.now();
    await signIn(visitor("192.0.2.2"), { email, password: "a wrong password" });
    return performance.now() - start;
  };
  const known = Math.min(await timeOf("ann@example.com"), await timeOf("ann@example.com"));
  const unknown = Math.min(await timeOf("x@example.com"), await timeOf("x@example.com"));
  // Both are one scrypt of about 80 ms; without it the unknown one would take 2 ms.
  expect(unknown).toBeGreaterThan(known / 3);
});

test("after ten failures at once from one address the account is closed to it, and to it alone", async () => {
  const attempts = Array.from({ length: 12 }, () =>
    signIn(visitor("192.0.2.3"), { email: "ann@example.com", password: "wrong" }),
  );
  const outcomes = await Promise.allSettled(attempts);
  expect(outcomes.filter((outcome) => outcome.status === "rejected")).toHaveLength(2);
  await expect(signIn(visitor("192.0.2.3"), { email: "ann@example.com", password: PASSWORD })).rejects.toMatchObject({
    kind: "unavailable",
    message: expect.stringContaining("try again in"),
  });
  expect(await signIn(visitor("192.0.2.4"), { email: "ann@example.com", password: PASSWORD })).not.toBeNull();
});

test("a session is good until the role changes, the password changes or the account is disabled", async () => {
  const session = (sessionVersion: number) => findSessionActor(context, { userId: id, sessionVersion });
  expect(await session(1)).toEqual({ kind: "user", id, name: "ann", role: "editor" });
  await updateUser(context, { id, role: "viewer" });
  expect(await session(1)).toBeNull();
  expect(await session(2)).toMatchObject({ role: "viewer" });
  await updateUser(context, { id, name: "Ann" });
  expect(await session(2)).toMatchObject({ name: "Ann" });

  const own = context.as({ kind: "user", id, name: "Ann", role: "viewer" });
  const { sessionVersion } = await changeOwnPassword(own, {
    currentPassword: PASSWORD,
    newPassword: "another horse battery",
  });
  expect(await session(2)).toBeNull();
  expect(await session(sessionVersion)).not.toBeNull();

  await updateUser(context, { id, disabled: true });
  expect(await session(sessionVersion)).toBeNull();
  expect(await session(sessionVersion + 1)).toBeNull();
  expect(
    await signIn(visitor("192.0.2.5"), { email: "ann@example.com", password: "another horse battery" }),
  ).toBeNull();
  await updateUser(context, { id, disabled: false });
  expect(
    await signIn(visitor("192.0.2.5"), { email: "ann@example.com", password: "another horse battery" }),
  ).not.toBeNull();
});

test("a session of nobody is nobody's", async () => {
  expect(await findSessionActor(context, { userId: "not a uuid", sessionVersion: 1 })).toBeNull();
  expect(await findSessionActor(context, { userId: crypto.randomUUID(), sessionVersion: 1 })).toBeNull();
});

test("what another process changed counts here within ten seconds", async () => {
  context.setNow("2031-01-01T00:00:00Z");
  const { id: userId } = await createUser(context, { email: "bob@example.com", role: "viewer", password: PASSWORD });
  expect(await findSessionActor(context, { userId, sessionVersion: 1 })).not.toBeNull();
  await context.db.user.update({ where: { id: userId }, data: { disabledAt: context.now() } });
  context.advance(10);
  expect(await findSessionActor(context, { userId, sessionVersion: 1 })).toBeNull();
});

test("changing the own password needs the current one and a good new one", async () => {
  const user = await createUser(context, { email: "carla.long.name@example.com", role: "viewer", password: PASSWORD });
  const own = context.as({ kind: "user", id: user.id, name: "Carla", role: "viewer" });
  const change = (currentPassword: string, newPassword: string) =>
    changeOwnPassword(own, { currentPassword, newPassword });
  await expect(change("wrong", "another horse battery")).rejects.toMatchObject({
    kind: "invalid",
    issues: [{ path: "currentPassword" }],
  });
  await expect(change(PASSWORD, "short")).rejects.toMatchObject({ kind: "invalid", issues: [{ path: "newPassword" }] });
  await expect(change(PASSWORD, "carla.long.name@example.com")).rejects.toMatchObject({
    issues: [{ path: "newPassword" }],
  });
  await expect(changeOwnPassword(context, {})).rejects.toMatchObject({ kind: "forbidden" });
});

test("the first admin is made once, and its password shown only when it was generated", async () => {
  expect(await createFirstAdmin(context)).toBeNull();
  await context.db.user.deleteMany();
  const first = await createFirstAdmin(context, { email: "root@example.com" });
  expect(first).toEqual({ email: "root@example.com", password: expect.stringMatching(/^.{20,}$/) });
  expect(await signIn(visitor("192.0.2.6"), first)).toMatchObject({ role: "admin" });
  expect(await createFirstAdmin(context)).toBeNull();
  await context.db.user.deleteMany();
  expect(await createFirstAdmin(context, { email: "root@example.com", password: PASSWORD })).toEqual({
    email: "root@example.com",
  });
});
