import type { Context } from "@/lib/core/context";
import type { Prisma } from "@/lib/db/generated/client";
import type { Incident } from "./incident";

/**
 * Notes in the transaction of a change who made it: the version rises, and where a person did, alerts move the incident no
 * longer and it counts as taken on.
 */
export async function takeOver(
  tx: Prisma.TransactionClient,
  { actor, now }: Context,
  incident: Incident,
  data: Prisma.IncidentUncheckedUpdateInput = {},
): Promise<void> {
  const isPerson = actor.kind !== "system";
  await tx.incident.update({
    where: { id: incident.id },
    data: {
      ...(isPerson && { isAutomatic: false, quietSince: null }),
      ...(isPerson && incident.acknowledgedAt === null && { acknowledgedAt: laterOf(now(), incident.detectedAt) }),
      ...data,
      version: { increment: 1 },
      updatedAt: now(),
    },
  });
}

const laterOf = (a: Date, b: Date): Date => (a > b ? a : b);
