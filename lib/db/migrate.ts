import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { withSchemaEngine } from "./schema-engine";

const NO_FILTERS = { externalTables: [], externalEnums: [] };

/** The folder `prisma/migrations` in the form the schema engine takes. */
async function readMigrations(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir: folder,
    lockfile: { path: "migration_lock.toml", content: await readFile(join(folder, "migration_lock.toml"), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.sort().map(async (path) => ({
        path,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok" as const, value: await readFile(join(folder, path, "migration.sql"), "utf8") },
        },
      })),
    ),
  };
}

/**
 * Applies the migrations that a database does not have yet, as `prisma migrate deploy` does.
 * @param url PostgreSQL connection string
 * @param root the product's folder, which holds `prisma/`
 * @returns the names of the migrations applied now
 * @throws when the database cannot be reached, or a migration fails or was edited after it ran
 */
export async function migrate(url: string, root: string): Promise<string[]> {
  const schema = await readFile(join(root, "prisma/schema.prisma"), "utf8");
  const migrationsList = await readMigrations(join(root, "prisma/migrations"));
  return withSchemaEngine(url, schema, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: NO_FILTERS });
    return appliedMigrationNames;
  });
}

/** The names of the migrations this version of the product needs (for readiness: are they in the database?). */
export async function listMigrationNames(root: string): Promise<string[]> {
  const { migrationDirectories } = await readMigrations(join(root, "prisma/migrations"));
  return migrationDirectories.map((directory) => directory.path);
}

/** The SQL that makes an empty database have the models of a schema.prisma. The engine wants some reachable database. */
export async function createStatements(url: string, schema: string): Promise<string> {
  return withSchemaEngine(url, schema, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: "empty" },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: schema }] },
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    });
    return stdout ?? "";
  });
}
