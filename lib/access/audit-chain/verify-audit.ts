import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type EntryTexts, linkOf, NO_LINK } from "./link";

/** The newest link at some time: what stands at its place later must be the same. */
export interface AuditHead {
  position: number;
  /** 64 hex digits. */
  hash: string;
}

/** The first thing that is wrong with the trail, in a sentence. */
interface AuditFault {
  /** Of the audit entry; null where the entry is gone. */
  entryId: string | null;
  position: number | null;
  message: string;
}

export interface AuditVerdict {
  entries: number;
  /** null: nothing was ever written. */
  head: AuditHead | null;
  /** null: nobody has changed anything. */
  fault: AuditFault | null;
}

interface Row extends Omit<EntryTexts, "id"> {
  position: number;
  hash: Buffer;
  entryId: string;
  /** null: the entry is gone. */
  id: string | null;
}

const PAGE = 5_000;

const READ = `
  SELECT c.position::float8 AS position, c.hash, c.entry_id::text AS "entryId", e.id::text AS id,
    round(extract(epoch FROM e.at) * 1000)::bigint::text AS at, e.actor_kind AS "actorKind", e.actor_id AS "actorId",
    e.actor_name AS "actorName", e.action, e.subject_type AS "subjectType", e.subject_id AS "subjectId",
    e.before::text AS before, e.after::text AS after, e.address
  FROM audit_chain c LEFT JOIN audit_entries e ON e.id = c.entry_id
  WHERE c.position > $1 ORDER BY c.position LIMIT ${PAGE}`;

const UNLINKED = `
  SELECT e.id::text AS id FROM audit_entries e WHERE NOT EXISTS (SELECT FROM audit_chain c WHERE c.entry_id = e.id) ORDER BY e.id LIMIT 1`;

/**
 * Reads the whole audit trail and makes each link again: finds any entry that was changed, deleted, put in or moved.
 * @param kept a head that was kept outside the database: finds a trail that was cut off at its end, or written anew
 * @throws Problem forbidden
 */
export async function verifyAudit(context: Context, { kept }: { kept?: AuditHead } = {}): Promise<AuditVerdict> {
  authorize(context.actor, "admin");
  // One view of it all: what is written meanwhile is neither half here nor half there.
  const client = await context.sql.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    let head: AuditHead | null = null;
    let previous: Buffer = NO_LINK;
    for (let position = 0; ;) {
      const { rows } = await client.query<Row>(READ, [position]);
      for (const row of rows) {
        const message = faultOf(row, position, previous, kept);
        if (message) return { entries: position, head, fault: { entryId: row.id, position: row.position, message } };
        position = row.position;
        previous = row.hash;
        head = { position, hash: row.hash.toString("hex") };
      }
      if (rows.length === PAGE) continue;
      const { rows: unlinked } = await client.query<{ id: string }>(UNLINKED);
      return { entries: position, head, fault: atTheEnd(position, kept, unlinked[0]?.id) };
    }
  } finally {
    await client.query("COMMIT").catch(() => undefined);
    client.release();
  }
}

function faultOf(row: Row, before: number, previous: Buffer, kept: AuditHead | undefined): string | undefined {
  const { id, position, entryId } = row;
  if (position !== before + 1) return `Link ${before + 1} of the chain is gone.`;
  if (id === null) return `Entry ${entryId} was deleted.`;
  if (!linkOf(previous, { ...row, id }).equals(row.hash))
    return `Entry ${entryId} is not what was written: it, or its place in the chain, was changed.`;
  if (kept?.position === position && kept.hash !== row.hash.toString("hex"))
    return `Link ${position} is not the one that was kept outside the database: the trail was written anew.`;
  return undefined;
}

function atTheEnd(position: number, kept: AuditHead | undefined, unlinked: string | undefined): AuditFault | null {
  if (unlinked !== undefined)
    return { entryId: unlinked, position: null, message: `Entry ${unlinked} was put in without its link.` };
  if (kept && kept.position > position)
    return {
      entryId: null,
      position: kept.position,
      message: `The trail ends at link ${position}; there were ${kept.position}: its end was cut off.`,
    };
  return null;
}
