import type { Prisma } from "@/lib/db/generated/client";
import { notFound, parseId } from "@/lib/core/parse-id";
import { INCIDENT_FIELDS, type Incident, toIncident } from "./incident";

/**
 * An incident as it is now, nobody else's to change until the transaction ends: changes of one incident follow one another.
 * @throws Problem not-found
 */
export async function lockIncident(tx: Prisma.TransactionClient, id: unknown): Promise<Incident> {
  const known = parseId(id, "incident");
  await tx.$queryRaw`SELECT FROM incidents WHERE id = ${known}::uuid FOR NO KEY UPDATE`;
  const row = await tx.incident.findUnique({ where: { id: known }, select: INCIDENT_FIELDS });
  if (!row) throw notFound("incident");
  return toIncident(row);
}
