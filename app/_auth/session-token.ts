import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import type { Env } from "@/lib/env";

/** What a session's token says: who, and which version of their sessions. Role and name are read from the database each time. */
const claims = z.object({ userId: z.string(), sessionVersion: z.number() });
export type SessionClaims = z.output<typeof claims>;

/** After so many days one signs in again. */
export const SESSION_SECONDS = 14 * 86_400;

/** next-auth's session cookie: out of a script's reach, not sent along by other sites' forms, over TLS alone where the product has it. */
export function sessionCookie(env: Env) {
  const secure = env.APP_URL?.startsWith("https://") ?? false;
  return {
    name: `${secure ? "__Secure-" : ""}next-auth.session-token`,
    options: { httpOnly: true, sameSite: "lax", path: "/", secure },
  } as const;
}

/** @throws Error where the launcher did not set NEXTAUTH_SECRET */
export function sessionSecret(env: Env): string {
  if (env.NEXTAUTH_SECRET) return env.NEXTAUTH_SECRET;
  throw new Error("NEXTAUTH_SECRET is not set: start the product with `npm start`, which makes one.");
}

/** Seals a session into next-auth's encrypted token. */
export function writeSessionToken(env: Env, session: SessionClaims): Promise<string> {
  return encode({ token: { ...session }, secret: sessionSecret(env), maxAge: SESSION_SECONDS });
}

/** @returns undefined for a token that is not ours, was changed, or has expired */
export async function readSessionToken(env: Env, token: string): Promise<SessionClaims | undefined> {
  const payload = await decode({ token, secret: sessionSecret(env) }).catch(() => null);
  return claims.safeParse(payload).data;
}
