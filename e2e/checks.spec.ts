import { expect, test } from "./fixtures";
import { startMonitoredServer, type MonitoredServer } from "./monitored-server";

let monitored: MonitoredServer;
test.beforeAll(async () => {
  monitored = await startMonitoredServer();
});
test.afterAll(() => monitored.stop());

const site = (label: string) => ({ type: "http", label, config: { url: monitored.url }, intervalSeconds: 3_600 });

test("an editor makes an HTTP check by the form: errors stand at their fields, the result comes without a reload", async ({
  editorPage: page,
  sql,
}) => {
  await page.goto("/checks");
  await page.getByRole("link", { name: "New check" }).click();
  await page.getByRole("link", { name: "HTTP" }).click();
  const name = page.getByLabel("Name", { exact: true });
  const url = page.getByLabel("URL");
  const headers = page.getByLabel("Headers");
  await page.locator("summary").filter({ hasText: "more settings" }).click();
  await headers.fill("Accept: text/html\nX-Token");
  await url.fill("shop.example");
  await url.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "3 fields need another look." })).toBeVisible();
  await expect(name).toBeFocused();
  await expect(name).toHaveAttribute("aria-invalid", "true");
  await expect(name).toHaveAccessibleDescription(/is required/);
  await expect(url).toHaveAccessibleDescription(/must be an http:\/\/ or https:\/\/ address/);
  await expect(url).toHaveValue("shop.example");
  await expect(headers).toHaveAccessibleDescription(/X-Token: has no value; write it as name: value/);
  await expect(headers).toHaveValue("Accept: text/html\nX-Token");

  await headers.fill("Accept: text/html\nX-Token: abc");
  await name.fill("Shop by form");
  await url.fill(monitored.url);
  await url.press("Enter");
  await page.waitForURL(/\/checks\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Shop by form");
  const loadedAt = await page.evaluate(() => performance.timeOrigin);
  await expect(page.getByRole("region", { name: "State" })).toContainText("Passing");
  const results = page.getByRole("list", { name: "Results, newest first" });
  const row = results.locator("summary").first();
  await expect(row).toBeVisible();
  expect((await row.innerText()).match(/[\d.]+ m?s\b(?! ago)/g), "how long it took stands there once").toHaveLength(1);
  await row.focus();
  await page.keyboard.press("Enter");
  await expect(results).toContainText("200");
  expect(await page.evaluate(() => performance.timeOrigin), "the page was not loaded again").toBe(loadedAt);
  await sql.query("DELETE FROM health_checks WHERE label = 'Shop by form'");
});

test("an editor pauses a check, resumes it and runs it now", async ({ editorPage: page, makeCheck }) => {
  const id = await makeCheck(site("Paused shop"));
  await page.goto(`/checks/${id}`);
  const state = page.getByRole("region", { name: "State" });
  await expect(state).toContainText("Passing");

  await page.getByRole("button", { name: "Pause" }).press("Enter");
  await expect(page.getByText("Paused shop is paused: it does not run until it is resumed.")).toBeVisible();
  await expect(state).toContainText("Paused");
  await page.getByRole("button", { name: "Resume" }).press("Enter");
  await expect(page.getByText("Paused shop runs again.")).toBeVisible();
  await expect(state).toContainText("Passing");

  const before = monitored.hits();
  await page.getByRole("button", { name: "Run now" }).press("Enter");
  await expect(page.getByText(/It ran just now: \d/)).toBeVisible();
  expect(monitored.hits()).toBeGreaterThan(before);
});

test("an editor changes a check, and deletes it after typing its name", async ({
  editorPage: page,
  makeCheck,
  sql,
}) => {
  const id = await makeCheck(site("Old shop"));
  await page.goto(`/checks/${id}`);
  await page.getByRole("link", { name: "Edit" }).click();
  const form = page.getByRole("form", { name: "Check", exact: true });
  await form.getByLabel("Every").fill("9");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByLabel("Every")).toHaveAccessibleDescription(/must be at least 10 seconds/);
  await form.getByLabel("Every").fill("600");
  await form.getByLabel("Name", { exact: true }).fill("New shop");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("New shop");
  await expect(page.getByText("every 10 min")).toBeVisible();

  await page.getByRole("link", { name: "Delete" }).click();
  const confirm = page.getByLabel("Type New shop to confirm");
  await confirm.fill("Old shop");
  await confirm.press("Enter");
  await expect(confirm).toHaveAccessibleDescription("Type “New shop” to confirm.");
  await confirm.fill("New shop");
  await confirm.press("Enter");
  await page.waitForURL("/checks");
  await expect(page.getByRole("heading", { level: 1, name: "Checks" })).toBeVisible();
  await expect(page.getByRole("link", { name: "New shop" })).toHaveCount(0);
  const { rows } = await sql.query(
    "SELECT id FROM health_checks WHERE id = $1 UNION ALL SELECT check_id FROM health_check_results WHERE check_id = $1",
    [id],
  );
  expect(rows).toEqual([]);
});

test("the list is worked by keyboard: search, move, open, edit", async ({ editorPage: page, makeCheck }) => {
  await makeCheck(site("Keyboard one"));
  await makeCheck(site("Keyboard two"));
  await page.goto("/checks?sort=label");
  await page.getByRole("searchbox").fill("keyboard");
  const rows = page.getByRole("list", { name: "Checks" }).getByRole("link");
  await expect(rows).toHaveText(["Keyboard one", "Keyboard two"]);
  // Past the choices of type and order, onto the first row.
  for (let i = 0; i < 3; i += 1) await page.keyboard.press("Tab");
  await expect(rows.nth(0)).toBeFocused();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  for (let i = 0; i < 3; i += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("j");
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press("k");
  await expect(rows.nth(0)).toBeFocused();
  await page.keyboard.press("e");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Edit Keyboard one");
  await page.goBack();
  await page.getByRole("link", { name: "Keyboard two" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Keyboard two");
});

test("a check of monitoring.config.ts is read-only, but can be paused and run", async ({ editorPage: page }) => {
  await page.goto("/checks/database");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Database");
  await expect(page.getByText("Database · every 1 min · from monitoring.config.ts, read-only")).toBeVisible();
  await expect(page.getByRole("button", { name: "Run now" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Edit" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Delete" })).toHaveCount(0);
  await page.goto("/checks/database/edit");
  await expect(page.getByText("This check stands in monitoring.config.ts")).toBeVisible();
  await expect(page.getByRole("main").getByRole("textbox")).toHaveCount(0);
});
