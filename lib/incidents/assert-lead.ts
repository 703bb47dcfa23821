import { Problem } from "@/lib/core/errors";
import type { Prisma } from "@/lib/db/generated/client";

/** Somebody who can sign in, or nobody. @param path of the field in the message @throws Problem invalid */
export async function assertLead(
  tx: Prisma.TransactionClient,
  id: string | null | undefined,
  path = "leadId",
): Promise<void> {
  if (id === null || id === undefined) return;
  const user = await tx.user.findUnique({ where: { id }, select: { disabledAt: true } });
  if (user && user.disabledAt === null) return;
  const message = user ? "this user is disabled" : "there is no such user";
  throw new Problem("invalid", `${path}: ${message}`, [{ path, message }]);
}
