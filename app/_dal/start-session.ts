import "server-only";
import { cookies } from "next/headers";
import { SESSION_SECONDS, type SessionClaims, sessionCookie, writeSessionToken } from "@/app/_auth/session-token";
import { processContext } from "@/lib/core/process-context";

/** Hands the browser a session. In a server action alone: elsewhere Next.js can't set a cookie. */
export async function startSession(session: SessionClaims): Promise<void> {
  const { env } = processContext();
  const { name, options } = sessionCookie(env);
  (await cookies()).set(name, await writeSessionToken(env, session), { ...options, maxAge: SESSION_SECONDS });
}

export async function endSession(): Promise<void> {
  const { name, options } = sessionCookie(processContext().env);
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}
