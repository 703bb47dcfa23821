import type { Locator, Page } from "@playwright/test";
import { cardOf } from "./error-projects";
import { expect, test } from "./fixtures";
import { makeTarget, removeTargets } from "./stored-rows";

test.afterEach(({ sql }) => removeTargets(sql));

/** What a picker offers: selects have options too. */
const offered = (page: Page): Locator => page.getByRole("listbox");

test("an editor adds an error to an incident, takes it out again, and merges another into it", async ({
  editorPage: page,
  sql,
}) => {
  const { errorId, otherErrorId, incidentId, incidentNumber, name } = await makeTarget(sql);
  await page.goto(`/errors/${errorId}`);
  const joins = cardOf(page, "What it belongs to");
  const incident = joins.getByRole("combobox", { name: "Incident" });
  await joins.getByRole("button", { name: "Add to the incident" }).click();
  await expect(incident).toHaveAccessibleDescription(/choose an incident/);
  await incident.fill(name);
  await offered(page)
    .getByRole("option", { name: new RegExp(`INC-${incidentNumber}$`) })
    .click();
  await joins.getByRole("button", { name: "Add to the incident" }).click();
  await joins.getByRole("link", { name: "Its incident" }).click();
  await expect(page).toHaveURL(/\/incidents\/[\w-]+$/);
  const line = page.getByRole("region", { name: "What happened" }).getByText(/added the error “TypeError: target-/);
  await expect(line).toBeVisible();
  await page.goto(`/errors/${errorId}`);
  await joins.getByRole("button", { name: "Take it out" }).click();
  await expect(incident).toBeVisible();
  const { rows } = await sql.query(
    `SELECT message, link FROM incident_updates WHERE incident_id = $1 AND source = 'change' ORDER BY at`,
    [incidentId],
  );
  expect(rows).toEqual([
    { message: expect.stringMatching(/added the error/), link: `/errors/${errorId}` },
    { message: expect.stringMatching(/took the error .* out/), link: `/errors/${errorId}` },
  ]);

  const other = joins.getByRole("combobox", { name: "Another that is the same" });
  await joins.getByRole("button", { name: "Merge into this" }).click();
  await expect(other).toHaveAccessibleDescription(/choose an error/);
  await other.click();
  // Itself is not offered.
  await expect(offered(page).getByRole("option")).toHaveText([/RangeError: target-/]);
  await offered(page)
    .getByRole("option", { name: /RangeError/ })
    .click();
  await joins.getByRole("button", { name: "Merge into this" }).click();
  await expect(joins).toContainText("Merged.");
  await page.goto(`/errors/${otherErrorId}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("There is no such error");
});

test("a viewer sees what an error is, and joins nothing", async ({ viewerPage: page, sql }) => {
  const { errorId } = await makeTarget(sql);
  await page.goto(`/errors/${errorId}`);
  await expect(page.getByRole("heading", { level: 1, name: "TypeError" })).toBeVisible();
  await expect(cardOf(page, "What it belongs to")).toHaveCount(0);
});
