import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type AuditEntry, toAuditEntry } from "./list-audit";

/** An entry with its place in the chain and its link, 64 hex digits. */
export interface ExportedEntry extends AuditEntry {
  position: number;
  hash: string;
}

const PAGE = 1_000;

/** The whole audit trail, the oldest entry first, a page in memory at a time. @throws Problem forbidden */
export async function* exportAudit({ actor, db }: Context): AsyncGenerator<ExportedEntry> {
  authorize(actor, "admin");
  for (let last = 0n; ;) {
    const links = await db.auditLink.findMany({
      where: { position: { gt: last } },
      orderBy: { position: "asc" },
      take: PAGE,
    });
    const rows = await db.auditEntry.findMany({ where: { id: { in: links.map(({ entryId }) => entryId) } } });
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const { position, entryId, hash } of links) {
      const row = byId.get(entryId);
      if (row) yield { ...toAuditEntry(row), position: Number(position), hash: Buffer.from(hash).toString("hex") };
      last = position;
    }
    if (links.length < PAGE) return;
  }
}
