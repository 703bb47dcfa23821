import type { Context } from "@/lib/core/context";
import type { Prisma } from "@/lib/db/generated/client";
import type { Incident } from "./incident";

/**
 * Notes in the transaction of a change who made it: the version rises, and where a person did, alerts move the incident no
 * longer and it counts as taken on. @returns the version that it has now
 */
export async function takeOver(
  tx: Prisma.TransactionClient,
  { actor, now }: Context,
  incident: Pick<Incident, "id" | "acknowledgedAt" | "detectedAt">,
  data: Prisma.IncidentUncheckedUpdateInput = {},
): Promise<{ version: number }> {
  const isPerson = actor.kind !== "system";
  return tx.incident.update({
    where: { id: incident.id },
    data: {
      ...(isPerson && { isAutomatic: false, quietSince: null }),
      ...(isPerson && incident.acknowledgedAt === null && { acknowledgedAt: laterOf(now(), incident.detectedAt) }),
      ...data,
      version: { increment: 1 },
      updatedAt: now(),
    },
    select: { version: true },
  });
}

const laterOf = (a: Date, b: Date): Date => (a > b ? a : b);
