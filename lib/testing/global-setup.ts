import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { startPostgres } from "@/lib/db/embedded/start-postgres";
import { TEMPLATE, prepareTemplate } from "./template";

declare module "vitest" {
  export interface ProvidedContext {
    /** Connection string of a server on which tests make their databases from the template. */
    postgresUrl: string;
    /** The migrated database there that is cloned. */
    postgresTemplate: string;
  }
}

/** One PostgreSQL for the whole test run: an embedded one in a temporary folder, or the one that DATABASE_URL names. */
export default async function setup(project: TestProject) {
  const external = process.env.DATABASE_URL;
  if (external) {
    await prepareTemplate(external);
    project.provide("postgresUrl", external);
    project.provide("postgresTemplate", TEMPLATE);
    return async () => {
      const client = new Client({ connectionString: external });
      await client.connect();
      await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
      await client.end();
    };
  }
  const folder = await mkdtemp(join(tmpdir(), "watchkeeper-test-"));
  const server = await startPostgres(folder, {
    settings: { fsync: "off", full_page_writes: "off", max_connections: "300" },
  });
  await prepareTemplate(server.url);
  project.provide("postgresUrl", server.url);
  project.provide("postgresTemplate", TEMPLATE);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
