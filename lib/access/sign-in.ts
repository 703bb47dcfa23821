import { z } from "zod";
import type { Role } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { addressOf } from "./audit";
import { accessState } from "./caches";
import { verifyPassword } from "./password";
import { email } from "./user";

const credentials = z.object({ email, password: z.string().min(1) });

/** Who signed in; a session carries `id` and `sessionVersion` and is good as long as `findSessionActor` finds it. */
export interface SignedIn {
  id: string;
  email: string;
  name: string;
  role: Role;
  sessionVersion: number;
}

/**
 * Checks an address and a password. Unknown, disabled and wrong all take the same time and answer the same null.
 * The failures of one account from one address (the actor's) are counted, for known and unknown accounts alike.
 * @throws Problem unavailable after 10 failures in 15 minutes, saying when to try again
 */
export async function signIn(context: Context, input: unknown): Promise<SignedIn | null> {
  const parsed = credentials.safeParse(input);
  if (!parsed.success) {
    await verifyPassword("", null);
    return null;
  }
  const { signInAttempts } = accessState(context);
  const attempt = `${parsed.data.email} ${addressOf(context.actor) ?? ""}`;
  signInAttempts.begin(attempt);
  const user = await context.db.user.findUnique({ where: { email: parsed.data.email } });
  const right = await verifyPassword(parsed.data.password, user?.passwordHash ?? null);
  if (!user || !right || user.disabledAt) return null;
  signInAttempts.succeed(attempt);
  return { id: user.id, email: user.email, name: user.name, role: user.role, sessionVersion: user.sessionVersion };
}
