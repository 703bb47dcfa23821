import { readdir } from "node:fs/promises";
import { join } from "node:path";

/**
 * The names of the migrations this version of the product needs. In a file of its own: lib/db/migrate.ts loads the schema
 * engine, which the web process has no use for.
 * @param root the product's folder, which holds `prisma/`
 */
export async function readMigrationNames(root: string): Promise<string[]> {
  const entries = await readdir(join(root, "prisma/migrations"), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
