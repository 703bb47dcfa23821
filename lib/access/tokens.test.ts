import { expect, test } from "vitest";
import { makeToken, makeUser } from "@/lib/testing/actors";
import { createTestContext } from "@/lib/testing/test-context";
import { authenticateToken } from "./authenticate-token";
import { createToken } from "./create-token";
import { listTokens } from "./list-tokens";
import { revokeToken } from "./revoke-token";

const context = await createTestContext();

test("a token is answered once, stored hashed, and does what its scopes say until it is revoked", async () => {
  const admin = await makeUser(context, { role: "admin" });
  const as = context.as(admin.actor);
  const made = await createToken(as, { name: "CI", scopes: ["read", "metrics:write", "read"] });
  expect(made).toMatchObject({
    name: "CI",
    scopes: ["read", "metrics:write"],
    token: expect.stringMatching(/^wk_[\w-]{43}$/),
    creator: { id: admin.id },
  });
  expect(await authenticateToken(context, made.token)).toEqual({
    kind: "token",
    id: made.id,
    name: "CI",
    scopes: ["read", "metrics:write"],
  });

  const stored = await context.db.apiToken.findUniqueOrThrow({ where: { id: made.id } });
  expect(JSON.stringify({ ...stored, tokenHash: Buffer.from(stored.tokenHash).toString("latin1") })).not.toContain(
    made.token.slice(10),
  );
  expect(made.token.startsWith(stored.prefix)).toBe(true);

  await revokeToken(as, { id: made.id });
  await revokeToken(as, { id: made.id });
  expect(await authenticateToken(context, made.token)).toBeNull();
  const audit = await context.db.auditEntry.findMany({ where: { subjectId: made.id }, orderBy: { id: "asc" } });
  expect(audit.map((row) => row.action)).toEqual(["token.create", "token.revoke"]);
});

test.each(["", "wk_", "wk_unknown", "Bearer", `wk_${"x".repeat(500)}`])("%j is nobody", async (token) => {
  expect(await authenticateToken(context, token)).toBeNull();
});

test("an expired token is nobody, also while it is remembered", async () => {
  context.setNow("2031-01-01T00:00:00Z");
  const { token } = await makeToken(context, { expiresAt: new Date("2031-01-01T00:00:05Z") });
  expect(await authenticateToken(context, token)).not.toBeNull();
  context.advance(5);
  expect(await authenticateToken(context, token)).toBeNull();
});

test("a lifetime in days is counted from now", async () => {
  context.setNow("2031-01-01T00:00:00Z");
  const { expiresAt } = await createToken(context, { name: "short", scopes: ["read"], expiresInDays: 2 });
  expect(expiresAt).toEqual(new Date("2031-01-03T00:00:00Z"));
});

test("what another process revoked is nobody within ten seconds; the last use is noted once a minute", async () => {
  context.setNow("2031-01-01T00:00:00Z");
  const { id, token } = await makeToken(context);
  const lastUse = async () =>
    (await context.db.apiToken.findUniqueOrThrow({ where: { id } })).lastUsedAt?.toISOString();
  await authenticateToken(context, token);
  expect(await lastUse()).toBe("2031-01-01T00:00:00.000Z");
  context.advance(59);
  await authenticateToken(context, token);
  expect(await lastUse()).toBe("2031-01-01T00:00:00.000Z");
  context.advance(11);
  await authenticateToken(context, token);
  expect(await lastUse()).toBe("2031-01-01T00:01:10.000Z");

  await context.db.apiToken.update({ where: { id }, data: { revokedAt: context.now() } });
  context.advance(10);
  expect(await authenticateToken(context, token)).toBeNull();
});

test("a scope that this version does not know grants nothing", async () => {
  const { id, token } = await makeToken(context);
  await context.db.apiToken.update({ where: { id }, data: { scopes: ["everything"] } });
  expect(await authenticateToken(context, token)).toMatchObject({ scopes: [] });
});

test.each([
  [{ name: "", scopes: ["read"] }, "name"],
  [{ name: "x", scopes: [] }, "scopes"],
  [{ name: "x", scopes: ["root"] }, "scopes.0"],
  [{ name: "x", scopes: ["read"], expiresInDays: 0 }, "expiresInDays"],
])("%j is refused at %s", async (input, path) => {
  await expect(createToken(context, input)).rejects.toMatchObject({ kind: "invalid", issues: [{ path }] });
});

test("the list shows no secret and goes on by its cursor", async () => {
  const { items, next } = await listTokens(context, { limit: 2 });
  expect(items).toHaveLength(2);
  expect(items[0]).not.toHaveProperty("tokenHash");
  const rest = await listTokens(context, { limit: 500, cursor: next ?? "" });
  const all = await listTokens(context);
  expect([...items, ...rest.items].map((token) => token.id)).toEqual(all.items.map((token) => token.id));
  await expect(revokeToken(context, { id: crypto.randomUUID() })).rejects.toMatchObject({ kind: "not-found" });
});
