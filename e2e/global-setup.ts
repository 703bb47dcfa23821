import { mkdir, writeFile } from "node:fs/promises";
import { chromium, type FullConfig } from "@playwright/test";
import { type Product, ROLES, startProduct } from "./product";
import { SHARED_FILE, statePath } from "./shared";

/** Starts one product for all specs and signs a user of each role in, once. */
export default async function setup(config: FullConfig) {
  const product = await startProduct();
  try {
    await prepare(product, config);
  } catch (error) {
    // Playwright ends what a set-up that came to its end left behind, and only that.
    await product.stop();
    throw error;
  }
  return () => product.stop();
}

async function prepare(product: Product, config: FullConfig) {
  await mkdir(".build/e2e", { recursive: true });
  const { url, databaseUrl, dataDir, launcherPid, outputFile, users } = product;
  await writeFile(SHARED_FILE, JSON.stringify({ url, databaseUrl, dataDir, launcherPid, outputFile, users }), {
    mode: 0o600,
  });
  const browser = await chromium.launch(config.projects[0]?.use.launchOptions);
  for (const role of ROLES) {
    const page = await browser.newPage();
    await page.goto(`${url}/sign-in`);
    await page.getByLabel("Email").fill(users[role].email);
    await page.getByLabel("Password", { exact: true }).fill(users[role].password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${url}/`);
    await page.context().storageState({ path: statePath(role) });
    await page.close();
  }
  await browser.close();
}
