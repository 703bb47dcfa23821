import type { Context } from "@/lib/core/context";
import { type TtlCache, createTtlCache } from "@/lib/core/ttl-cache";
import type { PrismaClient } from "@/lib/db/generated/client";
import { type AttemptLimit, createAttemptLimit } from "./attempt-limit";

/** How long a session or a token is believed without asking the database: what is revoked elsewhere ends within this time. */
export const BELIEVED_MS = 10_000;

interface AccessState {
  sessions: TtlCache;
  tokens: TtlCache;
  signInAttempts: AttemptLimit;
}

const KEY = Symbol.for("watchkeeper.access");
const holder: typeof globalThis & { [KEY]?: WeakMap<PrismaClient, AccessState> } = globalThis;

/**
 * What this process remembers about sessions, tokens and failed sign-ins, one for each database. On globalThis because
 * server.ts and Next's bundle hold two copies of this module, and a revocation in one must count in the other at once.
 */
export function accessState({ db, now }: Context): AccessState {
  const states = (holder[KEY] ??= new WeakMap());
  const existing = states.get(db);
  if (existing) return existing;
  const state: AccessState = {
    sessions: createTtlCache({ now }),
    tokens: createTtlCache({ now }),
    signInAttempts: createAttemptLimit({ now }),
  };
  states.set(db, state);
  return state;
}
