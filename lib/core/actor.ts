import { Problem } from "./errors";

export const ROLES = ["viewer", "editor", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Who does something: a signed-in user, an API token, or the product itself (worker, CLI). */
export type Actor =
  | { kind: "user"; id: string; name: string; role: Role; address?: string }
  | { kind: "token"; id: string; name: string; scopes: readonly Scope[]; address?: string }
  /** A person known to another service only, whose call was signed by it: acknowledges and silences, nothing else. */
  | { kind: "external"; name: string; address?: string }
  /** A program that showed a project's key (its DSN): sends that project's errors and logs, nothing else. */
  | { kind: "project"; projectId: number; name: string; address?: string }
  | { kind: "system"; name: string }
  | { kind: "anonymous"; address?: string };

/** What a token may do; `admin` stands for all of them. */
export const SCOPES = [
  "read",
  "checks:write",
  "metrics:write",
  "incidents:write",
  "alerts:write",
  "errors:write",
  "logs:write",
  "admin",
] as const;
export type Scope = (typeof SCOPES)[number];

export const SYSTEM: Actor = { kind: "system", name: "watchkeeper" };
export const ANONYMOUS: Actor = { kind: "anonymous" };

/** The least role that a user needs for what a scope permits. */
const ROLE_FOR_SCOPE: Record<Scope, Role> = {
  read: "viewer",
  "checks:write": "editor",
  "metrics:write": "editor",
  "incidents:write": "editor",
  "alerts:write": "editor",
  "errors:write": "editor",
  "logs:write": "editor",
  admin: "admin",
};

/** May this actor do what the scope permits? Users by role, tokens by scope. Pure. */
export function may(actor: Actor, scope: Scope): boolean {
  switch (actor.kind) {
    case "system":
      return true;
    case "anonymous":
      return false;
    case "external":
      return scope === "alerts:write";
    case "project":
      return scope === "logs:write";
    case "user":
      return ROLES.indexOf(actor.role) >= ROLES.indexOf(ROLE_FOR_SCOPE[scope]);
    case "token":
      return actor.scopes.includes("admin") || actor.scopes.includes(scope);
  }
}

/**
 * Called first by every verb, beside the data.
 * @throws Problem unauthenticated without an actor, forbidden when the actor may not
 */
export function authorize(actor: Actor, scope: Scope): void {
  if (may(actor, scope)) return;
  if (actor.kind === "anonymous") throw new Problem("unauthenticated", "Sign in or send an API token.");
  const needs = actor.kind === "token" ? `a token with the scope ${scope}` : `the role ${ROLE_FOR_SCOPE[scope]}`;
  throw new Problem("forbidden", `This needs ${needs}; ${actor.name} does not have it.`);
}
