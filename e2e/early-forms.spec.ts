import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { fillSignIn, makePerson } from "./people";

/** Keeps the page's scripts back, as a slow line does. @returns lets them come */
async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((done) => (release = done));
  await page.route("**/_next/static/**/*.js*", async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test("the sign-in that is sent before the page's script has come is made when it comes, to where one wanted", async ({
  browser,
  product,
  token,
}) => {
  const person = await makePerson(product, token);
  const context = await browser.newContext({ baseURL: product.url });
  const page = await context.newPage();
  const release = await holdScripts(page);
  await page.goto("/checks?sort=label", { waitUntil: "commit" });
  await page.waitForURL(/\/sign-in/, { waitUntil: "commit" });
  await expect(page.getByLabel("Email")).toBeFocused();
  await fillSignIn(page, { ...person, password: "not the password" });
  release();
  await expect(page.getByText("The email or the password is not right.")).toBeVisible();
  await fillSignIn(page, person);
  await expect(page).toHaveURL("/checks?sort=label");
  await context.close();
});

test("a check that is sent twice before the page's script has come is made once", async ({ editorPage: page, sql }) => {
  const release = await holdScripts(page);
  await page.goto("/checks/new?type=http", { waitUntil: "commit" });
  await page.getByLabel("Name", { exact: true }).fill("Impatient shop");
  const url = page.getByLabel("URL");
  await url.fill("http://127.0.0.1:9/");
  await url.press("Enter");
  await url.press("Enter");
  release();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Impatient shop");
  const { rowCount } = await sql.query("DELETE FROM health_checks WHERE label = 'Impatient shop'");
  expect(rowCount).toBe(1);
});

test("a run that is asked for before the page's script has come is made, and what came of it is said", async ({
  editorPage: page,
}) => {
  const release = await holdScripts(page);
  await page.goto("/checks/cache", { waitUntil: "commit" });
  await page.getByRole("button", { name: "Run now" }).click();
  release();
  await expect(page.getByText(/It ran just now/)).toBeVisible();
});

test("what is typed into the search before the page's script has come is answered at once, and stays when it comes", async ({
  editorPage: page,
}) => {
  const release = await holdScripts(page);
  await page.goto("/checks", { waitUntil: "commit" });
  const rows = page.getByRole("list", { name: "Checks" }).getByRole("link");
  await page.getByRole("searchbox").fill("disk");
  await expect(rows).toHaveText(["Disk space"]);
  await rows.first().focus();
  release();
  await expect(page).toHaveURL("/checks?query=disk");
  await expect(rows).toHaveText(["Disk space"]);
  await expect(page.locator("[data-early-answer] *")).toHaveCount(0);
  await expect(rows.first()).toBeFocused();
  await expect(page.getByRole("searchbox")).toHaveValue("disk");
});

test("a search that finds nothing says so before the page's script has come", async ({ editorPage: page }) => {
  const release = await holdScripts(page);
  await page.goto("/checks", { waitUntil: "commit" });
  await page.getByRole("searchbox").fill("nothing is called so");
  await expect(page.getByText("No check fits")).toBeVisible();
  await expect(page.getByRole("list", { name: "Checks" })).toHaveCount(0);
  release();
  await expect(page).toHaveURL("/checks?query=nothing+is+called+so");
  await expect(page.getByText("No check fits")).toHaveCount(1);
});
