import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { notFound, parseId } from "@/lib/core/parse-id";
import { writeAudit } from "./audit";
import { accessState } from "./caches";
import { lockAdmins, requireAnotherAdmin } from "./last-admin";
import { USER_FIELDS } from "./user";

/**
 * Deletes a user; sessions end. Tokens that the user made go on working: programs depend on them, and each can be revoked.
 * @throws Problem forbidden, not-found, conflict (the last admin)
 */
export async function deleteUser(context: Context, input: { id: string }): Promise<void> {
  authorize(context.actor, "admin");
  const id = parseId(input.id, "user");
  await context.db.$transaction(async (tx) => {
    await lockAdmins(tx);
    const before = await tx.user.findUnique({ where: { id }, select: USER_FIELDS });
    if (!before) throw notFound("user");
    if (before.role === "admin" && before.disabledAt === null) await requireAnotherAdmin(tx, id);
    await tx.user.delete({ where: { id } });
    await writeAudit(tx, context, { action: "user.delete", subjectType: "user", subjectId: id, before });
  });
  accessState(context).sessions.clear(id);
}
