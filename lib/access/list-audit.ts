import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type Page, decodeCursor, page, toPage } from "@/lib/core/cursor";
import { parseInput } from "@/lib/core/parse";
import type { AuditEntry as StoredEntry } from "@/lib/db/generated/client";

/** Who did what, when and from where; before and after hold what changed. */
export interface AuditEntry {
  /** Rises with time. */
  id: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  actorName: string;
  action: string;
  subjectType: string;
  subjectId: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  address: string | null;
}

export const listAuditInput = z.strictObject({
  query: z.string().trim().max(200).optional().meta({ description: "Words of who, what or from where." }),
  subject: z.string().max(100).optional().meta({ description: "The id of what was changed." }),
  from: z.coerce.date().optional(),
  to: z.coerce.date().optional(),
  ...page,
});

const keys = z.tuple([z.string().regex(/^\d{1,18}$/)]);
const changed = z.record(z.string(), z.unknown()).nullable().catch(null);

/** The audit trail, the newest first. @throws Problem forbidden, invalid */
export async function listAudit(
  context: Context,
  input: z.input<typeof listAuditInput> = {},
): Promise<Page<AuditEntry>> {
  authorize(context.actor, "admin");
  const { query, subject, from, to, limit, cursor } = parseInput(listAuditInput, input, "The query");
  const before = cursor === undefined ? undefined : BigInt(decodeCursor(keys, cursor)[0]);
  const words = query?.split(/\s+/).filter(Boolean) ?? [];
  const rows = await context.db.auditEntry.findMany({
    where: {
      ...(before !== undefined && { id: { lt: before } }),
      ...(subject !== undefined && { subjectId: subject }),
      ...((from ?? to) && { at: { ...(from && { gte: from }), ...(to && { lt: to }) } }),
      AND: words.map((word) => ({
        OR: (["actorName", "action", "subjectType", "subjectId", "address"] as const).map((column) => ({
          [column]: { contains: word, mode: "insensitive" as const },
        })),
      })),
    },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  return toPage(rows.map(toAuditEntry), limit, ({ id }) => [id]);
}

/** A stored entry as it is shown. */
export function toAuditEntry(row: StoredEntry): AuditEntry {
  return { ...row, id: String(row.id), before: changed.parse(row.before), after: changed.parse(row.after) };
}
