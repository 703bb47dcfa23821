import type { Prisma } from "@/lib/db/generated/client";

/** The components by position, nobody else's to change, to move or to join until the transaction ends. */
export async function lockComponents(
  tx: Prisma.TransactionClient,
): Promise<{ id: string; groupName: string; position: number }[]> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('watchkeeper status components'))`;
  return tx.statusComponent.findMany({
    orderBy: [{ position: "asc" }, { createdAt: "asc" }, { id: "asc" }],
    select: { id: true, groupName: true, position: true },
  });
}
