import { notFound, parseId } from "@/lib/core/parse-id";
import type { Prisma } from "@/lib/db/generated/client";
import { ACTION_FIELDS, type ActionItem, toActionItem } from "./action-item";

/** An action item as it is now, nobody else's to change until the transaction ends. @throws Problem not-found */
export async function lockAction(tx: Prisma.TransactionClient, id: unknown, now: Date): Promise<ActionItem> {
  const known = parseId(id, "action item");
  await tx.$queryRaw`SELECT FROM incident_actions WHERE id = ${known}::uuid FOR UPDATE`;
  const row = await tx.incidentAction.findUnique({ where: { id: known }, select: ACTION_FIELDS });
  if (!row) throw notFound("action item");
  return toActionItem(row, now);
}
