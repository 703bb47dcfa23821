import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { DriverAdapterError, bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { DatabaseError, Pool } from "pg";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";

let loaded: Promise<void> | undefined;

/** Prisma's schema engine as WebAssembly: its package expects a bundler to link the .wasm, so it is linked by hand. */
async function load(): Promise<void> {
  const script = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = await readFile(script.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": { ...engine } });
  engine.__wbg_set_wasm(instance.exports);
  const start = instance.exports["__wbindgen_start"];
  if (typeof start === "function") start();
}

/**
 * Runs a migration as one message, as `prisma migrate deploy` does: all of it or nothing. The adapter's own way cuts it at
 * every semicolon, also those inside a function's body.
 */
async function executeScript(pool: Pool, script: string): Promise<void> {
  try {
    await pool.query(script);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const { code = "N/A", severity = "N/A", message, detail, column, hint } = error;
    throw new DriverAdapterError({ kind: "postgres", code, severity, message, detail, column, hint });
  }
}

/**
 * Runs `use` with a schema engine connected to a database. Nothing is downloaded.
 * @param url PostgreSQL connection string
 * @param schema the text of schema.prisma
 */
export async function withSchemaEngine<T>(
  url: string,
  schema: string,
  use: (schemaEngine: engine.SchemaEngine) => Promise<T>,
): Promise<T> {
  await (loaded ??= load());
  // A pool of our own: the engine closes none of its connections when it is freed.
  const pool = new Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 10_000 });
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () =>
    Object.assign(await connect(), { executeScript: (script: string) => executeScript(pool, script) });
  const adapter = bindMigrationAwareSqlAdapterFactory(factory);
  try {
    const datamodels: [string, string][] = [["schema.prisma", schema]];
    const schemaEngine = await engine.SchemaEngine.new({ datamodels }, () => undefined, adapter);
    return await use(schemaEngine).finally(() => schemaEngine.free());
  } finally {
    await pool.end();
  }
}
