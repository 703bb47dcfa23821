import type { Pool } from "pg";

/** The tables in which a text stands in any column of any row: of partitioned ones the partitions are what is searched. */
export async function tablesWith(sql: Pool, text: string): Promise<string[]> {
  const { rows: tables } = await sql.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rowCount } = await sql.query(
      `SELECT 1 FROM "${name}" AS t WHERE strpos(lower(t::text), lower($1)) > 0 LIMIT 1`,
      [text],
    );
    if (rowCount) found.push(name);
  }
  return found;
}
