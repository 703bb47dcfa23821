import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import { writeAudit } from "./audit";
import { accessState } from "./caches";
import { hashPassword, newPassword, passwordIssue, verifyPassword } from "./password";

export const changeOwnPasswordInput = z.strictObject({
  currentPassword: z.string().min(1, "must not be empty").meta({ title: "Current password", secret: true }),
  newPassword: newPassword.meta({ title: "New password", secret: true }),
});

const invalid = (path: string, message: string) =>
  new Problem("invalid", `The password was not changed: ${message}`, [{ path, message }]);

/**
 * Changes the password of the user who asks and ends all of that user's sessions.
 * @returns the session version that new sessions carry, so that the asking one can be renewed
 * @throws Problem forbidden (not a user), invalid (the current one is wrong, the new one too weak), unavailable (too many tries)
 */
export async function changeOwnPassword(context: Context, input: unknown): Promise<{ sessionVersion: number }> {
  authorize(context.actor, "read");
  const { actor } = context;
  if (actor.kind !== "user") throw new Problem("forbidden", "Only a signed-in user has a password.");
  const wanted = parseInput(changeOwnPasswordInput, input, "The password");
  const { signInAttempts, sessions } = accessState(context);
  const attempt = `password ${actor.id}`;
  signInAttempts.begin(attempt);
  const user = await context.db.user.findUnique({ where: { id: actor.id } });
  const right = await verifyPassword(wanted.currentPassword, user?.passwordHash ?? null);
  if (!user || !right) throw invalid("currentPassword", "is not the current password");
  signInAttempts.succeed(attempt);
  const issue = passwordIssue(wanted.newPassword, user);
  if (issue) throw invalid("newPassword", issue);

  const passwordHash = await hashPassword(wanted.newPassword);
  const { sessionVersion } = await context.db.$transaction(async (tx) => {
    await writeAudit(tx, context, { action: "user.change-password", subjectType: "user", subjectId: actor.id });
    return tx.user.update({
      where: { id: actor.id },
      data: { passwordHash, sessionVersion: { increment: 1 }, updatedAt: context.now() },
    });
  });
  sessions.clear(actor.id);
  return { sessionVersion };
}
