import type { Scope } from "@/lib/core/actor";
import { SCOPES } from "@/lib/core/actor";
import type { Prisma } from "@/lib/db/generated/client";

/** All API tokens begin so, so that a secret scanner can find one that leaked. */
export const TOKEN_PREFIX = "wk_";

export const TOKEN_FIELDS = {
  id: true,
  name: true,
  prefix: true,
  scopes: true,
  createdAt: true,
  lastUsedAt: true,
  expiresAt: true,
  revokedAt: true,
  creator: { select: { id: true, name: true } },
} as const satisfies Prisma.ApiTokenSelect;

/** What is shown of a token; never its hash. */
export type Token = Omit<Prisma.ApiTokenGetPayload<{ select: typeof TOKEN_FIELDS }>, "scopes"> & { scopes: Scope[] };

/** Scopes as stored are text: one that this version does not know grants nothing. */
export function knownScopes(stored: readonly string[]): Scope[] {
  return SCOPES.filter((scope) => stored.includes(scope));
}
