import { createHash } from "node:crypto";

/** An audit entry's columns as PostgreSQL writes them; `at` in ms since 1970. */
export interface EntryTexts {
  id: string;
  at: string;
  actorKind: string;
  actorId: string | null;
  actorName: string;
  action: string;
  subjectType: string;
  subjectId: string | null;
  before: string | null;
  after: string | null;
  address: string | null;
}

/** Before the first link. */
export const NO_LINK: Buffer = Buffer.alloc(0);

/** With its length before it, so that no two entries have the same bytes. */
const field = (value: string | null): string => (value === null ? "-;" : `${Buffer.byteLength(value)}:${value};`);

/**
 * The link of an entry: SHA-256 of the link before and of the entry's fields. The database makes the same
 * (prisma/migrations, audit_link); here it is made a second time, so that whoever changes that function is found out. Pure.
 */
export function linkOf(previous: Uint8Array, entry: EntryTexts): Buffer {
  const { id, at, actorKind, actorId, actorName, action, subjectType, subjectId, before, after, address } = entry;
  const fields = [id, at, actorKind, actorId, actorName, action, subjectType, subjectId, before, after, address];
  return createHash("sha256").update(previous).update(fields.map(field).join("")).digest();
}
