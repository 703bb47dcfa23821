import type { Context } from "@/lib/core/context";
import { notFound, parseId } from "@/lib/core/parse-id";
import type { Prisma } from "@/lib/db/generated/client";

export const GROUP_FIELDS = {
  id: true,
  projectId: true,
  type: true,
  value: true,
  culprit: true,
  level: true,
  status: true,
  firstSeenAt: true,
  lastSeenAt: true,
  eventCount: true,
  userCount: true,
  firstRelease: true,
  lastRelease: true,
  resolvedAt: true,
  resolvedAfter: true,
  ignoredUntil: true,
  ignoredUntilCount: true,
  regressedAt: true,
  incidentId: true,
  createdAt: true,
  project: { select: { id: true, name: true } },
  assignee: { select: { id: true, name: true, email: true } },
} as const satisfies Prisma.ErrorGroupSelect;

type Row = Prisma.ErrorGroupGetPayload<{ select: typeof GROUP_FIELDS }>;

/** An error: what its events have in common, and what people made of it. */
export type ErrorGroup = Omit<Row, "eventCount" | "ignoredUntilCount" | "projectId"> & {
  /** Of all events there ever were, also of those past retention. */
  eventCount: number;
  /** Ignored until eventCount is so high. */
  ignoredUntilCount: number | null;
};

export function toGroup(stored: Row): ErrorGroup {
  const { projectId: _, eventCount, ignoredUntilCount, ...row } = stored;
  return {
    ...row,
    eventCount: Number(eventCount),
    ignoredUntilCount: ignoredUntilCount === null ? null : Number(ignoredUntilCount),
  };
}

/**
 * A group as it is now, nobody else's to change until the transaction ends: not the receivers' either.
 * @throws Problem not-found
 */
export async function lockGroup(tx: Prisma.TransactionClient, id: unknown): Promise<ErrorGroup> {
  const known = parseId(id, "error");
  await tx.$queryRaw`SELECT FROM error_groups WHERE id = ${known}::uuid FOR NO KEY UPDATE`;
  const row = await tx.errorGroup.findUnique({ where: { id: known }, select: GROUP_FIELDS });
  if (!row) throw notFound("error");
  return toGroup(row);
}

/** @throws Problem not-found */
export async function readGroup({ db }: Pick<Context, "db">, id: unknown): Promise<ErrorGroup> {
  const row = await db.errorGroup.findUnique({ where: { id: parseId(id, "error") }, select: GROUP_FIELDS });
  if (!row) throw notFound("error");
  return toGroup(row);
}
