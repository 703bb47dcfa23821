import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { type Browser, test as base, type Page } from "@playwright/test";
import pg from "pg";
import { z } from "zod";
import type { Role } from "./product";
import { SHARED_FILE, shared, type SharedProduct, statePath } from "./shared";

async function withPage(browser: Browser, baseURL: string, role: Role, use: (page: Page) => Promise<void>) {
  const context = await browser.newContext({ storageState: statePath(role), baseURL });
  const page = await context.newPage();
  const errors: string[] = [];
  // Of this page and of every other one that a test opens beside it.
  context.on("weberror", (error) => errors.push(error.error().message));
  await use(page);
  await context.close();
  base.expect(errors, "the page threw").toEqual([]);
}

const made = z.object({ id: z.string() });

/** The running product, its database, a token that may do everything, and a signed-in page of each role. */
export const test = base.extend<
  {
    viewerPage: Page;
    editorPage: Page;
    adminPage: Page;
    /** Makes a check by the API; it is deleted after the test. @returns its id */
    makeCheck: (body: object) => Promise<string>;
  },
  { product: SharedProduct; sql: pg.Pool; token: string }
>({
  // oxlint-disable-next-line no-empty-pattern
  product: [async ({}, use) => use(shared.parse(JSON.parse(readFileSync(SHARED_FILE, "utf8")))), { scope: "worker" }],
  sql: [
    async ({ product }, use) => {
      const pool = new pg.Pool({ connectionString: product.databaseUrl, max: 2 });
      await use(pool);
      await pool.end();
    },
    { scope: "worker" },
  ],
  token: [
    async ({ product }, use) => {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [".build/cli.js", "token-create", "--name", "e2e", "--scope", "admin"],
        { env: { ...process.env, DATABASE_URL: product.databaseUrl, DATA_DIR: product.dataDir } },
      );
      await use(stdout.trim());
    },
    { scope: "worker" },
  ],
  makeCheck: async ({ product, sql, token }, use) => {
    const ids: string[] = [];
    await use(async (body) => {
      const response = await fetch(`${product.url}/api/v1/checks`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      base.expect(response.status).toBe(201);
      const { id } = made.parse(JSON.parse(await response.text()));
      ids.push(id);
      return id;
    });
    await sql.query("DELETE FROM health_checks WHERE id = ANY($1::uuid[])", [ids]);
  },
  viewerPage: async ({ browser, product }, use) => withPage(browser, product.url, "viewer", use),
  editorPage: async ({ browser, product }, use) => withPage(browser, product.url, "editor", use),
  adminPage: async ({ browser, product }, use) => withPage(browser, product.url, "admin", use),
});

export { expect } from "@playwright/test";
