import { withoutGuards } from "@/lib/testing/clear-audit";
import { expect, test } from "./fixtures";

test("an admin sees who changed what, searches it, and finds out that somebody changed it in the database", async ({
  adminPage: page,
  makeCheck,
  sql,
}) => {
  const id = await makeCheck({ type: "http", label: "e2e <b>audited</b>", config: { url: "http://127.0.0.1:9/" } });
  await page.goto("/settings/audit");
  const search = page.getByRole("searchbox", { name: /^Search by person/ });
  await search.fill(`check.create ${id}`);
  await search.press("Enter");
  const row = page.getByRole("row").filter({ hasText: "check.create" });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("token");
  await row.locator("summary").click();
  await expect(row.getByText("e2e <b>audited</b>")).toBeVisible();

  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText(/entries are as they were written\./)).toBeVisible();
  const change = (from: string, to: string) =>
    withoutGuards(sql, `UPDATE audit_entries SET action = '${to}' WHERE subject_id = '${id}' AND action = '${from}';`);
  await change("check.create", "check.delete");
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText(/Entry \d+ is not what was written/)).toBeVisible();
  await change("check.delete", "check.create");

  await page.goto("/settings/audit?query=nothing-has-this&cursor=x%00y");
  await expect(page.getByText("Nothing fits")).toBeVisible();
});

test("others are told that it is for admins", async ({ editorPage: page }) => {
  await page.goto("/settings/audit");
  await expect(page.getByText("This page needs the role admin; yours is editor.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Verify" })).toHaveCount(0);
});
