import type { Prisma } from "@/lib/db/generated/client";

/** Tells all processes, at the transaction's commit, that checks changed (lib/core/changes.ts hears it). */
export async function notifyChecks(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify('watchkeeper', '{"topic":"checks"}')`;
}
