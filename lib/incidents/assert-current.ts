import { z } from "zod";
import { Problem } from "@/lib/core/errors";
import type { Prisma } from "@/lib/db/generated/client";
import type { Incident } from "./incident";

const audited = z.object({ version: z.int(), changed: z.record(z.string(), z.unknown()) });
const AUDITED = ["incident.update", "incident.note", "incident.affected", "incident.acknowledge"];
const MAX_LOOKED_AT = 200;

const NAMES: Readonly<Record<string, string>> = {
  leadId: "the lead",
  description: "the description",
  startedAt: "the start",
  detectedAt: "when it was detected",
  acknowledgedAt: "when it was acknowledged",
  checks: "the affected checks",
};

/**
 * Refuses a change of fields that somebody else changed since the version it was made on; other fields may have changed.
 * @param base that version; where left out nothing is refused @param fields that are about to change
 * @throws Problem conflict, saying of each field who changed it to what
 */
export async function assertCurrent(
  tx: Prisma.TransactionClient,
  incident: Incident,
  base: number | undefined,
  fields: readonly string[],
): Promise<void> {
  if (base === undefined || base >= incident.version || fields.length === 0) return;
  const rows = await tx.auditEntry.findMany({
    where: { subjectType: "incident", subjectId: incident.id, action: { in: [...AUDITED] } },
    orderBy: { id: "desc" },
    take: MAX_LOOKED_AT,
    select: { actorName: true, after: true },
  });
  const issues = new Map<string, string>();
  for (const { actorName, after } of rows) {
    const change = audited.safeParse(after).data;
    if (!change || change.version <= base) continue;
    for (const [field, value] of Object.entries(change.changed)) {
      if (!fields.includes(field) || issues.has(field)) continue;
      const isShort = typeof value === "string" && !(field in NAMES);
      issues.set(field, `${actorName} changed ${NAMES[field] ?? "it"}${isShort ? ` to ${value}` : ""} in the meantime`);
    }
  }
  if (issues.size === 0) return;
  const told = [...issues].map(([path, message]) => ({ path, message }));
  throw new Problem(
    "conflict",
    `Somebody else changed this incident: ${told.map(({ path, message }) => `${path}: ${message}`).join("; ")}. Send it again with version ${incident.version} to overwrite that.`,
    told,
    incident.version,
  );
}
