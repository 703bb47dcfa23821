import { z } from "zod";
import { Problem } from "@/lib/core/errors";
import { notFound } from "@/lib/core/parse-id";
import { isStorable } from "@/lib/core/storable";
import type { HealthCheck, Prisma, PrismaClient } from "@/lib/db/generated/client";

const uuid = z.uuid();

/** What every verb on one check takes: its id or its key. */
export const checkReference = z.object({ id: z.string().meta({ description: "The check's id or its key." }) });

/** @throws Problem not-found */
export async function getCheckRow(db: PrismaClient | Prisma.TransactionClient, idOrKey: string): Promise<HealthCheck> {
  // No key holds what a text of the database can't.
  if (!isStorable(idOrKey)) throw notFound("check");
  const where = uuid.safeParse(idOrKey).success ? { id: idOrKey } : { key: idOrKey };
  const row = await db.healthCheck.findUnique({ where });
  if (!row) throw notFound("check");
  return row;
}

/** @throws Problem conflict for a check of monitoring.config.ts */
export function assertEditable(row: HealthCheck): void {
  if (row.origin === "database") return;
  throw new Problem(
    "conflict",
    `"${row.label}" stands in monitoring.config.ts: change it there and restart. It can be paused and run here.`,
  );
}
