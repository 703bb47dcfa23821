import type { Actor } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { sha256 } from "@/lib/core/secrets";
import { BELIEVED_MS, accessState } from "./caches";
import { TOKEN_PREFIX, knownScopes } from "./token";

const MAX_LENGTH = 200;
const TOUCH_EVERY_MS = 60_000;

/**
 * Who an API token is, or null when it is unknown, revoked or expired. Asked of the database at most every 10 s for a token;
 * `last_used_at` is written at most once a minute.
 */
export async function authenticateToken(context: Context, bearer: string): Promise<Actor | null> {
  if (!bearer.startsWith(TOKEN_PREFIX) || bearer.length > MAX_LENGTH) return null;
  const hash = sha256(bearer);
  const token = await accessState(context).tokens.get(hash.toString("base64"), BELIEVED_MS, () => load(context, hash));
  if (!token || (token.expiresAt && token.expiresAt <= context.now())) return null;
  return { kind: "token", id: token.id, name: token.name, scopes: token.scopes };
}

async function load(context: Context, tokenHash: Buffer<ArrayBuffer>) {
  const row = await context.db.apiToken.findUnique({ where: { tokenHash } });
  if (!row || row.revokedAt) return null;
  const now = context.now();
  const stale = new Date(now.getTime() - TOUCH_EVERY_MS);
  if (!row.lastUsedAt || row.lastUsedAt <= stale) {
    await context.db.apiToken.updateMany({
      where: { id: row.id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: stale } }] },
      data: { lastUsedAt: now },
    });
  }
  return { id: row.id, name: row.name, scopes: knownScopes(row.scopes), expiresAt: row.expiresAt };
}
