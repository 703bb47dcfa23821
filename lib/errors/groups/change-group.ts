import { writeAudit } from "@/lib/access/audit";
import type { Context } from "@/lib/core/context";
import type { Prisma } from "@/lib/db/generated/client";
import { notifyErrors } from "../notify-errors";
import { type ErrorGroup, GROUP_FIELDS, lockGroup, toGroup } from "./group";

/** A group that is neither resolved nor ignored, in columns. */
export const OPEN = {
  status: "open",
  resolvedAt: null,
  resolvedAfter: null,
  ignoredUntil: null,
  ignoredUntilCount: null,
} as const satisfies Prisma.ErrorGroupUncheckedUpdateInput;

/**
 * Changes a group in one transaction with its audit entry. Who calls has authorised.
 * @param change what is to change of the group as it is; may throw a Problem
 */
export async function changeGroup(
  context: Context,
  id: string,
  action: string,
  change: (
    group: ErrorGroup,
    tx: Prisma.TransactionClient,
  ) => Prisma.ErrorGroupUncheckedUpdateInput | Promise<Prisma.ErrorGroupUncheckedUpdateInput>,
): Promise<ErrorGroup> {
  return context.db.$transaction(async (tx) => {
    const before = await lockGroup(tx, id);
    const data = await change(before, tx);
    const row = await tx.errorGroup.update({ where: { id: before.id }, data, select: GROUP_FIELDS });
    const after = toGroup(row);
    await writeAudit(tx, context, {
      action,
      subjectType: "error",
      subjectId: before.id,
      before: pick(before, data),
      after: pick(after, data),
    });
    await notifyErrors(tx);
    return after;
  });
}

const pick = (group: ErrorGroup, changed: object): object =>
  Object.fromEntries(Object.entries(group).filter(([field]) => field in changed));
