import type { Prisma } from "@/lib/db/generated/client";
import { notFound } from "@/lib/core/parse-id";
import { INCIDENT_FIELDS, type Incident, toIncident } from "./incident";
import { incidentKey } from "./incident-key";

/**
 * An incident as it is now, nobody else's to change until the transaction ends: changes of one incident follow one another.
 * @param id or its number @throws Problem not-found
 */
export async function lockIncident(tx: Prisma.TransactionClient, id: string): Promise<Incident> {
  const where = incidentKey(id);
  await ("id" in where
    ? tx.$queryRaw`SELECT FROM incidents WHERE id = ${where.id}::uuid FOR NO KEY UPDATE`
    : tx.$queryRaw`SELECT FROM incidents WHERE number = ${where.number} FOR NO KEY UPDATE`);
  const row = await tx.incident.findUnique({ where, select: INCIDENT_FIELDS });
  if (!row) throw notFound("incident");
  return toIncident(row);
}
