import { randomUUID } from "node:crypto";
import type { Actor, Role, Scope } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { sha256 } from "@/lib/core/secrets";

/** An actor of a role without a row: for verbs that only ask what one may. */
export const userActor = (role: Role): Extract<Actor, { kind: "user" }> => ({
  kind: "user",
  id: randomUUID(),
  name: `A ${role}`,
  role,
});

export const tokenActor = (...scopes: Scope[]): Extract<Actor, { kind: "token" }> => ({
  kind: "token",
  id: randomUUID(),
  name: "A token",
  scopes,
});

/** Nobody signs in with this: a real hash would cost each test 80 ms. */
const NO_PASSWORD = "$none$";

/** A stored user without a password, with its actor. */
export async function makeUser(
  context: Context,
  { role = "viewer", email = `${randomUUID()}@example.com` }: { role?: Role; email?: string } = {},
) {
  const user = await context.db.user.create({ data: { email, name: `A ${role}`, role, passwordHash: NO_PASSWORD } });
  const actor: Extract<Actor, { kind: "user" }> = { kind: "user", id: user.id, name: user.name, role };
  return { ...user, actor };
}

/** A stored token, with its secret. */
export async function makeToken(
  context: Context,
  { scopes = ["read"], expiresAt = null }: { scopes?: Scope[]; expiresAt?: Date | null } = {},
) {
  const token = `wk_${randomUUID()}`;
  const row = await context.db.apiToken.create({
    data: { name: `may ${scopes.join(" ")}`, prefix: token.slice(0, 9), tokenHash: sha256(token), scopes, expiresAt },
  });
  return { ...row, token };
}
