import { Problem } from "@/lib/core/errors";
import type { Prisma } from "@/lib/db/generated/client";

/**
 * Held until the transaction ends: of two admins who remove each other at the same time, one comes second and is refused.
 */
export async function lockAdmins(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('watchkeeper.admins'))`;
}

/** @throws Problem conflict when nobody else could administer the product; under `lockAdmins` */
export async function requireAnotherAdmin(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  const others = await tx.user.count({ where: { role: "admin", disabledAt: null, id: { not: userId } } });
  if (others === 0) throw new Problem("conflict", "This is the last admin: make another user an admin first.");
}
