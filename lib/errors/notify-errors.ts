import type { Prisma } from "@/lib/db/generated/client";

/** Tells all processes, at the transaction's commit, that errors or what belongs to them changed. */
export async function notifyErrors(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify('watchkeeper', '{"topic":"errors"}')`;
}
