import type { Prisma } from "@/lib/db/generated/client";

/** Tells all processes, at the transaction's commit, that an incident or what belongs to it changed. */
export async function notifyIncidents(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify('watchkeeper', '{"topic":"incidents"}')`;
}
