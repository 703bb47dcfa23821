import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Pool } from "pg";
import { z } from "zod";
import type { AuditHead } from "./verify-audit";

const head = z.object({ position: z.int().positive(), hash: z.string().regex(/^[0-9a-f]{64}$/) });

const fileOf = (folder: string): string => join(folder, "audit-head.json");

/**
 * Keeps the newest link of the audit trail in the data folder, outside the database: who can write there alone can't cut off
 * the trail's end without being found out. A head that is already further is left as it is.
 */
export async function keepAuditHead(sql: Pool, folder: string): Promise<void> {
  const { rows } = await sql.query<AuditHead>(
    `SELECT position::float8 AS position, encode(hash, 'hex') AS hash FROM audit_chain ORDER BY audit_chain.position DESC LIMIT 1`,
  );
  const [newest] = rows;
  const known = await readAuditHead(folder);
  if (!newest || (known && known.position >= newest.position)) return;
  const file = fileOf(folder);
  await writeFile(`${file}.new`, `${JSON.stringify(newest)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** @returns undefined where none was kept, or it can't be read */
export async function readAuditHead(folder: string): Promise<AuditHead | undefined> {
  const text = await readFile(fileOf(folder), "utf8").catch(() => "");
  try {
    return head.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
