import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { notFound, parseId } from "@/lib/core/parse-id";
import { Problem } from "@/lib/core/errors";
import { writeAudit } from "./audit";
import { accessState } from "./caches";
import { lockAdmins, requireAnotherAdmin } from "./last-admin";
import { hashPassword, newPassword, passwordIssue } from "./password";
import { USER_FIELDS, type User, name, role } from "./user";

export const updateUserInput = z.strictObject({
  name: name.optional(),
  role: role.optional(),
  disabled: z
    .boolean()
    .optional()
    .meta({ title: "Disabled", description: "A disabled user cannot sign in; sessions end" }),
  password: newPassword.optional().meta({ title: "New password", secret: true }),
});

/**
 * Changes a user's name, role, password or whether the account is disabled; what is left out stays. A change of role,
 * password or disabling ends the user's sessions.
 * @throws Problem forbidden, not-found, invalid, conflict (the last admin)
 */
export async function updateUser(context: Context, input: { id: string } & Record<string, unknown>): Promise<User> {
  authorize(context.actor, "admin");
  const { id: givenId, ...rest } = input;
  const id = parseId(givenId, "user");
  const wanted = parseInput(updateUserInput, rest, "The user");
  const passwordHash = wanted.password === undefined ? undefined : await hashPassword(wanted.password);
  const user = await context.db.$transaction(async (tx) => {
    await lockAdmins(tx);
    const before = await tx.user.findUnique({ where: { id }, select: USER_FIELDS });
    if (!before) throw notFound("user");
    const issue = wanted.password === undefined ? undefined : passwordIssue(wanted.password, before);
    if (issue)
      throw new Problem("invalid", `The user is not valid: password: ${issue}`, [{ path: "password", message: issue }]);

    const role = wanted.role ?? before.role;
    const disabledAt =
      wanted.disabled === undefined ? before.disabledAt : wanted.disabled ? (before.disabledAt ?? context.now()) : null;
    const isAdmin = role === "admin" && disabledAt === null;
    if (before.role === "admin" && before.disabledAt === null && !isAdmin) await requireAnotherAdmin(tx, id);
    const endsSessions =
      role !== before.role || passwordHash !== undefined || (disabledAt !== null && before.disabledAt === null);
    const after = await tx.user.update({
      where: { id },
      data: {
        name: wanted.name,
        role,
        disabledAt,
        passwordHash,
        updatedAt: context.now(),
        sessionVersion: endsSessions ? { increment: 1 } : undefined,
      },
      select: USER_FIELDS,
    });
    const passwordChanged = passwordHash === undefined ? {} : { passwordChanged: true };
    await writeAudit(tx, context, {
      action: "user.update",
      subjectType: "user",
      subjectId: id,
      before,
      after: { ...after, ...passwordChanged },
    });
    return after;
  });
  accessState(context).sessions.clear(id);
  return user;
}
