import type { Pool } from "pg";

/** Empties the audit trail, which only the tables' owner can: the database refuses it otherwise. */
export async function clearAudit(sql: Pool): Promise<void> {
  await withoutGuards(sql, "TRUNCATE audit_entries, audit_chain");
}

/** Does to the trail what an attacker with the rights of the tables' owner could. */
export async function withoutGuards(sql: Pool, statement: string): Promise<void> {
  const guards = (what: string) =>
    `ALTER TABLE audit_entries ${what} TRIGGER USER; ALTER TABLE audit_chain ${what} TRIGGER USER;`;
  await sql.query(`BEGIN; ${guards("DISABLE")} ${statement}; ${guards("ENABLE")} COMMIT`);
}
