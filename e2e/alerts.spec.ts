import { expect, test } from "./fixtures";
import { makeTarget, removeTargets } from "./stored-rows";

test.afterAll(({ sql }) => removeTargets(sql));

test("an editor makes a rule by the form: an error at its field, a preview, then the list", async ({
  editorPage: page,
}) => {
  await page.goto("/alerts/rules");
  await page.getByRole("link", { name: "New rule" }).click();
  await page.getByRole("main").getByRole("link", { name: "Metric", exact: true }).click();
  await page.getByLabel("Name", { exact: true }).fill("target-memory");
  await page.getByLabel("Metric", { exact: true }).fill("memory_usage");
  await page.getByRole("button", { name: "Create rule" }).click();
  const limit = page.getByLabel("Limit", { exact: true });
  await expect(limit).toHaveAttribute("aria-invalid", "true");
  await expect(limit).toBeFocused();
  await limit.fill("99");
  await page.getByRole("button", { name: "What would it have done?" }).click();
  await expect(page.getByRole("region", { name: "Preview" })).toContainText("in the last 7 days");
  await page.getByLabel("Open an incident").selectOption("Never");
  await page.getByRole("button", { name: "Create rule" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("target-memory");
  await expect(page.getByRole("main")).toContainText("Never");
  await page.goto("/alerts/rules");
  await expect(page.getByRole("link", { name: "target-memory" })).toBeVisible();
});

test("an editor silences by matchers, and ends it", async ({ editorPage: page }) => {
  await page.goto("/alerts/silences/new?matchers=check%3Dtarget");
  await expect(page.getByLabel("Which alerts")).toHaveValue("check=target");
  const why = page.getByLabel("Why");
  await page.getByRole("button", { name: "Create silence" }).click();
  await expect(why).toHaveAccessibleDescription(/is required/);
  await why.fill("target-silence");
  await page.getByRole("button", { name: "Create silence" }).click();
  const row = page.getByRole("listitem").filter({ hasText: "target-silence" });
  await expect(row).toContainText("Active");
  await row.getByRole("button", { name: "End now" }).click();
  await expect(row).toContainText("Over");
});

test("a maintenance window says its next times while one types, by the viewer's clocks", async ({
  editorPage: page,
}) => {
  const zone = await page.evaluate(() => new Intl.DateTimeFormat().resolvedOptions().timeZone);
  await page.goto("/alerts/maintenance/new");
  await expect(page.getByLabel("Time zone")).toHaveValue(zone);
  await page.getByLabel("Name", { exact: true }).fill("target-window");
  await page.getByLabel("When", { exact: true }).selectOption("weekly");
  const next = page.getByRole("region", { name: "Next times" });
  await expect(next).toContainText("Days: choose at least one day.");
  await page.getByLabel("Sunday").check();
  await page.getByLabel("Begins at").fill("22:30");
  await page.getByLabel("Minutes").fill("60");
  await expect(next.getByRole("listitem")).toHaveCount(3);
  await expect(next.getByRole("listitem").first()).toContainText(/^Sun .*22:30 to 23:30$/);
  await page.getByRole("button", { name: "Plan it" }).click();
  const card = page.getByRole("listitem").filter({ hasText: "target-window" }).first();
  await expect(card).toContainText("Every Sunday at 22:30");
});

test("a check in maintenance says so, with until when, and is not among what fails", async ({
  editorPage: page,
  sql,
}) => {
  const { name, checkId } = await makeTarget(sql);
  await sql.query(
    `INSERT INTO maintenance_windows (label, matchers, recurrence, timezone, starts_at, ends_at, created_by)
     VALUES ('target-upgrade', $1, 'once', 'UTC', now() - interval '1 minute', now() + interval '1 hour', 'editor')`,
    [JSON.stringify([{ label: "check", op: "=", value: name }])],
  );
  await page.goto(`/checks/${checkId}`);
  const state = page.getByRole("region", { name: "State" });
  await expect(state).toContainText(/Maintenance\s*until/);
  await expect(state).toContainText("target-upgrade");
  await page.goto("/checks?status=maintenance");
  await expect(page.getByRole("listitem").filter({ hasText: name })).toContainText("Planned until");
});

test("an alert is acknowledged with a note, and its story says so", async ({ editorPage: page, sql }) => {
  const { name } = await makeTarget(sql);
  await page.goto("/alerts");
  await page.getByRole("link", { name }).press("Enter");
  await expect(page.getByRole("region", { name: "State" })).toContainText("Firing");
  await page.getByLabel("Note").fill("I restart it");
  await page.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByRole("heading", { name: "Acknowledged by editor" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Acknowledged by editor: I restart it");
  await page.goto("/alerts");
  await expect(page.getByRole("listitem").filter({ hasText: name })).toContainText("acknowledged by editor");
});

test("a viewer sees alerts, and nothing to change them by", async ({ viewerPage: page, sql }) => {
  const { name, alertId, ruleId } = await makeTarget(sql);
  const main = page.getByRole("main");
  await page.goto(`/alerts/${alertId}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  for (const path of [`/alerts/${alertId}`, `/alerts/rules/${ruleId}`, "/alerts/channels", "/alerts/silences"]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await expect(main.getByRole("button"), path).toHaveCount(0);
  }
  await page.goto("/alerts/rules/new?source=metric");
  await expect(main.getByText("Changing this needs the role editor.")).toBeVisible();
  await expect(main.getByRole("textbox")).toHaveCount(0);
});
