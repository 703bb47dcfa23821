import type { Browser, Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import type { SharedProduct } from "./shared";

const TITLE = "e2e story: cards are refused";
const CHECK = "e2e story payments";

test.afterAll(async ({ sql }) => {
  await sql.query("DELETE FROM incidents WHERE title LIKE 'e2e story%'");
  await sql.query("DELETE FROM status_components WHERE label LIKE 'e2e story%'");
});

const card = (page: Page, title: string): Locator =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: title, exact: true }) });

/** Reads the incident's public page as a visitor without scripts, until it says this: it is published within seconds. */
async function readAsPublic(browser: Browser, { url }: SharedProduct, number: string, words: string): Promise<string> {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: url });
  const visitor = await context.newPage();
  await expect(async () => {
    await visitor.goto(`/status/incidents/${number}`);
    await expect(visitor.getByRole("main")).toContainText(words, { timeout: 500 });
  }).toPass();
  const text = await visitor.getByRole("main").innerText();
  await context.close();
  return text.replaceAll(/\s+/g, " ");
}

test("from the declaration to the published lesson and back: inside everything is told, outside exactly what is public", async ({
  editorPage: page,
  browser,
  product,
  makeCheck,
  sql,
  token,
}) => {
  test.setTimeout(120_000);
  const main = page.getByRole("main");
  const state = page.getByRole("region", { name: "State" });
  const timeline = page.getByRole("region", { name: "What happened" });
  const composer = page.getByRole("form", { name: "Post an update" });
  const checkId = await makeCheck({ type: "http", label: CHECK, config: { url: `${product.url}/api/live` } });
  await sql.query(
    `WITH c AS (INSERT INTO status_components (label, position) VALUES ('e2e story Payments', 1) RETURNING id)
     INSERT INTO status_component_checks (component_id, check_id) SELECT id, $1 FROM c`,
    [checkId],
  );

  // Declared.
  await page.goto("/");
  await page.getByRole("banner").getByRole("link", { name: "Declare incident" }).click();
  await page.getByLabel("Title").fill(TITLE);
  await page.getByRole("radio", { name: "High" }).check();
  await page.getByRole("radio", { name: "Public" }).check();
  await page.getByLabel(/^Description/).fill("secret-description: the disk of db-1 is full");
  await page.getByRole("button", { name: "Declare incident" }).click();
  await expect(page).toHaveURL(/\/incidents\/\d+$/);
  const path = new URL(page.url()).pathname;
  const number = path.split("/").at(-1) ?? "";
  await expect(state).toContainText("Investigating");

  // Updated three times, one of them for the house alone.
  const post = async (message: string, status?: string, isPublic = true) => {
    await composer.getByLabel("Message").fill(message);
    if (status) await composer.getByLabel("Status", { exact: true }).selectOption({ label: status });
    await composer.getByRole("checkbox", { name: "Public" }).setChecked(isPublic);
    await composer.getByRole("button", { name: "Post update" }).click();
    await expect(timeline).toContainText(message);
    await expect(composer.getByLabel("Message")).toHaveValue("");
  };
  await post("We know that cards are refused.");
  await post("secret-update: the password is being changed", undefined, false);
  await post("Older cards work again.", "Monitoring");

  // A check attached, the severity changed.
  await page.getByText("Name the affected checks").click();
  const affected = page.getByRole("form", { name: "Affected checks" });
  await affected.getByRole("combobox", { name: "Add a check" }).fill(CHECK);
  await affected.getByRole("option", { name: CHECK }).click();
  await affected.getByLabel(`Impact on ${CHECK}`).selectOption("partial");
  await affected.getByRole("button", { name: "Save affected checks" }).click();
  await expect(card(page, "Affected checks").getByRole("link", { name: CHECK })).toBeVisible();
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByRole("radio", { name: "Critical" }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(timeline).toContainText("editor changed the severity from high to critical.");

  // Resolved.
  const stored = async () =>
    (await sql.query(`SELECT status, resolved_at AS "resolvedAt" FROM incidents WHERE number = $1`, [number])).rows[0];
  await page.getByRole("button", { name: "Resolve" }).click();
  await expect(state).toContainText("Resolved");
  expect(await stored()).toEqual({ status: "resolved", resolvedAt: expect.any(Date) });

  // The lesson, with two action items.
  await main.getByRole("link", { name: "Read or write it" }).click();
  await page.getByRole("link", { name: "Write it", exact: true }).click();
  await page.getByRole("textbox", { name: /^Impact/ }).fill("Nobody could pay for twenty minutes.");
  await page.getByRole("textbox", { name: /^Root cause/ }).fill("A full disk.");
  await page.getByRole("combobox", { name: /^Kind of cause/ }).fill("secret-kind");
  await page.getByRole("button", { name: "Save" }).click();
  const document = page.getByRole("article", { name: "Post-mortem" });
  const adding = page.getByRole("form", { name: "Add an action item" });
  const items = document.getByRole("list", { name: "Action items" }).getByRole("listitem");
  for (const [index, title] of ["secret-action: a larger disk", "secret-action: warn at 80 %"].entries()) {
    await adding.getByLabel("What is to be done").fill(title);
    await adding.getByLabel("Owner").selectOption({ label: "editor" });
    await adding.getByLabel("Due on").fill("2099-12-31");
    await adding.getByRole("button", { name: "Add action item" }).click();
    await expect(items).toHaveCount(index + 1);
  }

  // Nothing of the lesson is public before it is published.
  const before = await readAsPublic(browser, product, number, "Resolved");
  expect(before).not.toContain("Nobody could pay");
  await page.getByRole("radio", { name: "The public" }).check();
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(document).toContainText("published to the public");

  // Outside: exactly what is public, word by word, times aside.
  const text = await readAsPublic(browser, product, number, "Nobody could pay");
  const TIME = /(?:\d{1,2} \w{3} \d{4}, |\d{4}-\d\d-\d\d )?\d\d:\d\d UTC/g;
  const outside = text.replaceAll(TIME, "TIME").replace(/, after .+? Updates/, ", after SPAN Updates");
  expect(outside).toBe(
    [
      TITLE,
      "Status Resolved Affected e2e story Payments (partial outage) Began TIME Resolved TIME, after SPAN",
      "Updates Monitoring TIME Older cards work again. Investigating TIME We know that cards are refused.",
      "Post-mortem Published TIME Impact Nobody could pay for twenty minutes. Root cause A full disk.",
    ].join(" "),
  );
  const published = await fetch(`${product.url}/api/status.json`).then((response) => response.text());
  expect(published).toContain("Nobody could pay");
  for (const words of [text, published]) expect(words).not.toMatch(/secret-|editor/);

  // Reopened: it says so, and is not resolved any more, inside and outside.
  await page.goto(path);
  await page.getByRole("button", { name: "Reopen" }).click();
  await expect(timeline).toContainText(/editor reopened it: it had been resolved at \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
  await expect(state).toContainText("Investigating");
  expect(await stored()).toEqual({ status: "investigating", resolvedAt: null });
  const answer = await fetch(`${product.url}/api/v1/incidents/${number}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(await answer.json()).toMatchObject({ status: "investigating", severity: "critical", resolvedAt: null });
  const reopened = await readAsPublic(browser, product, number, "Status Investigating");
  expect(reopened).not.toContain("Resolved");
});
