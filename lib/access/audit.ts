import type { Actor } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Prisma, type PrismaClient } from "@/lib/db/generated/client";

/** What was done to what: `check.update` on subject type `check`. Before and after hold what changed, never a secret. */
export interface AuditInput {
  action: string;
  subjectType: string;
  subjectId?: string;
  before?: object;
  after?: object;
}

/** Where the actor called from, when it called over the network. */
export function addressOf(actor: Actor): string | undefined {
  return "address" in actor ? actor.address : undefined;
}

/**
 * Writes who did what, in the transaction of the write itself: both are there or neither.
 * @param db the transaction's client
 */
export async function writeAudit(
  db: PrismaClient | Prisma.TransactionClient,
  context: Context,
  input: AuditInput,
): Promise<void> {
  const { actor } = context;
  await db.auditEntry.create({
    data: {
      at: context.now(),
      actorKind: actor.kind,
      actorId: "id" in actor ? actor.id : null,
      actorName: "name" in actor ? actor.name : "anonymous",
      action: input.action,
      subjectType: input.subjectType,
      subjectId: input.subjectId ?? null,
      before: toJson(input.before),
      after: toJson(input.after),
      address: addressOf(actor) ?? null,
    },
  });
}

/** Dates become ISO texts, absent values disappear. */
function toJson(value: object | undefined): Prisma.InputJsonValue | typeof Prisma.DbNull {
  return value === undefined ? Prisma.DbNull : JSON.parse(JSON.stringify(value));
}
