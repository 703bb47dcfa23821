import { readFileSync } from "node:fs";
import { type Browser, test as base, type Page } from "@playwright/test";
import pg from "pg";
import type { Role } from "./product";
import { SHARED_FILE, shared, type SharedProduct, statePath } from "./shared";

async function withPage(browser: Browser, baseURL: string, role: Role, use: (page: Page) => Promise<void>) {
  const context = await browser.newContext({ storageState: statePath(role), baseURL });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await use(page);
  await context.close();
  base.expect(errors, "the page threw").toEqual([]);
}

/** The running product, its database, and a signed-in page of each role. */
export const test = base.extend<
  { viewerPage: Page; editorPage: Page; adminPage: Page },
  { product: SharedProduct; sql: pg.Pool }
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
  viewerPage: async ({ browser, product }, use) => withPage(browser, product.url, "viewer", use),
  editorPage: async ({ browser, product }, use) => withPage(browser, product.url, "editor", use),
  adminPage: async ({ browser, product }, use) => withPage(browser, product.url, "admin", use),
});

export { expect } from "@playwright/test";
