import { readFile } from "node:fs/promises";
import { z } from "zod";
import { expect, test as base } from "./fixtures";

const made = z.object({ id: z.uuid(), number: z.int() });

/** The API as a program calls it, and an incident that is over, with a public and an internal update. */
const test = base.extend<{
  call: (method: string, path: string, body: object) => Promise<unknown>;
  incident: z.output<typeof made>;
}>({
  call: async ({ request, product, token }, use) => {
    await use(async (method, path, body) => {
      const response = await request.fetch(`${product.url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
        data: body,
      });
      expect(response.ok(), `${method} ${path}: ${response.status()}`).toBe(true);
      return response.json();
    });
  },
  incident: async ({ call, sql }, use) => {
    const given = { title: "target: card payments fail", severity: "high", visibility: "public" };
    const incident = made.parse(await call("POST", "/incidents", given));
    await call("POST", `/incidents/${incident.id}/updates`, {
      message: "Cards are **refused**.",
      status: "identified",
    });
    await call("POST", `/incidents/${incident.id}/updates`, { message: "Ask Linus.", isPublic: false });
    await call("PATCH", `/incidents/${incident.id}`, { status: "resolved" });
    await use(incident);
    await sql.query("DELETE FROM incidents WHERE id = $1", [incident.id]);
  },
});

test("an editor writes the lesson with two action items, publishes it, exports and prints it", async ({
  editorPage: page,
  incident,
  sql,
}) => {
  const main = page.getByRole("main");
  await page.goto(`/incidents/${incident.number}`);
  await main.getByRole("link", { name: "Read or write it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Post-mortem: target: card payments fail");
  await expect(main).toContainText("a template with what is known: nobody wrote it yet");
  await page.getByRole("link", { name: "Write it" }).click();

  const impact = page.getByRole("textbox", { name: /^Impact/ });
  await expect(impact).toHaveValue(/^It began at .* and was over at/);
  await impact.fill("Nobody could pay for **20 minutes**.<script>document.title='run'</script>");
  await impact.locator("xpath=preceding-sibling::*[@role='group']").getByRole("button", { name: "Preview" }).click();
  await expect(page.locator("strong", { hasText: "20 minutes" })).toBeVisible();
  await page.getByRole("textbox", { name: /^Root cause/ }).fill("The deploy dropped an index.");
  await page.getByRole("combobox", { name: /^Kind of cause/ }).fill("target deploy");
  await page.getByRole("textbox", { name: /^Why did it happen/ }).fill("A query took 8 s.");
  await page.getByRole("textbox", { name: /^Why that/ }).fill("An index was gone.");
  await page.getByRole("textbox", { name: /^What went well/ }).fill("The alert came within a minute.");
  await page.getByRole("button", { name: "Save" }).click();

  const document = page.getByRole("article", { name: "Post-mortem" });
  await expect(document).toContainText("Nobody could pay for 20 minutes.<script>");
  await expect(document).toContainText("Cards are refused.");
  await expect(document).toContainText("An index was gone.");

  const form = page.getByRole("form", { name: "Add an action item" });
  await form.getByRole("button", { name: "Add action item" }).click();
  await expect(form.getByLabel("What is to be done")).toHaveAccessibleDescription(/is required/);
  await form.getByLabel("What is to be done").fill("Test migrations on a copy");
  await form.getByLabel("Owner").selectOption({ label: "editor" });
  await form.getByLabel("Due on").fill("2026-01-02");
  await form.getByRole("button", { name: "Add action item" }).click();
  const items = document.getByRole("list", { name: "Action items" }).getByRole("listitem");
  await expect(items).toHaveCount(1);
  await expect(items.first()).toContainText("due 2 Jan 2026, overdue");
  await form.getByLabel("What is to be done").fill("Page on slow queries");
  await form.getByRole("button", { name: "Add action item" }).click();
  await expect(items).toHaveCount(2);
  await page.getByRole("checkbox", { name: "Done: Page on slow queries" }).press("Enter");
  await expect(page.getByRole("checkbox", { name: "Done: Page on slow queries" })).toBeChecked();

  await page.getByRole("radio", { name: "The public" }).check();
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(document).toContainText("published to the public");
  await page.getByRole("link", { name: "See it as the public would" }).click();
  await expect(main).toContainText("This is what becomes public.");
  await expect(document).toContainText("Cards are refused.");
  for (const hidden of ["Ask Linus", "target deploy", "slow queries", "editor"])
    await expect(document).not.toContainText(hidden);
  await page.getByRole("link", { name: "Back to all of it" }).click();
  await expect(document).toContainText("Ask Linus.");

  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export as Markdown" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe(`inc-${incident.number}-postmortem.md`);
  const text = await readFile(await download.path(), "utf8");
  expect(text).toContain("## Root cause\n\nKind of cause: target deploy\n\nThe deploy dropped an index.");
  expect(text).toContain("- [ ] Test migrations on a copy (editor, due 2026-01-02)");
  expect(text).toMatch(/- \[x\] Page on slow queries \(done .* by editor\)/);

  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(document).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(main.getByRole("button")).toHaveCount(0);
  await expect(items.first()).toContainText("☐");
  expect(await page.evaluate(() => getComputedStyle(window.document.documentElement).backgroundColor)).toBe(
    "rgb(255, 255, 255)",
  );
  expect((await page.pdf()).subarray(0, 5).toString()).toBe("%PDF-");
  await page.emulateMedia({ media: null, colorScheme: null });

  const { rows } = await sql.query<{ message: string }>(
    "SELECT message FROM incident_updates WHERE incident_id = $1 ORDER BY at DESC LIMIT 1",
    [incident.id],
  );
  expect(rows[0]?.message).toBe("editor published the post-mortem on the status page.");
});

test("a form that somebody else was quicker than keeps what was typed, and says which field it is about", async ({
  editorPage: page,
  incident,
  call,
}) => {
  await page.goto(`/incidents/${incident.number}/postmortem/edit`);
  const cause = page.getByRole("textbox", { name: /^Root cause/ });
  const well = page.getByRole("textbox", { name: /^What went well/ });
  await cause.fill("My cause.");
  await call("PUT", `/incidents/${incident.id}/postmortem`, { rootCause: "Their cause.", wentWell: "Their words." });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(cause).toHaveAccessibleDescription(/changed it in the meantime/);
  await expect(cause).toHaveValue("My cause.");
  await expect(cause).toBeFocused();
  // What they wrote where nothing was typed stays.
  await page.getByRole("button", { name: "Save" }).click();
  const document = page.getByRole("article", { name: "Post-mortem" });
  await expect(document).toContainText("My cause.");
  await expect(document).toContainText("Their words.");
  await expect(well).toHaveCount(0);
});

test("an internal incident's lesson is not published to the public: the reason stands at the field", async ({
  editorPage: page,
  incident,
  call,
}) => {
  await call("PUT", `/incidents/${incident.id}/postmortem`, { impact: "None." });
  await call("PATCH", `/incidents/${incident.id}`, { visibility: "internal" });
  await page.goto(`/incidents/${incident.number}/postmortem`);
  await page.getByRole("radio", { name: "The public" }).check();
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByText("the incident is internal: make it public first")).toBeVisible();
  await expect(page.getByRole("article", { name: "Post-mortem" })).toContainText("a draft");
});

test("all action items stand in one list, the overdue ones first; a viewer only reads", async ({
  editorPage: page,
  viewerPage,
  incident,
  call,
}) => {
  const path = `/incidents/${incident.id}/actions`;
  await call("POST", path, { title: "target later", dueOn: "2099-01-01" });
  await call("POST", path, { title: "target overdue", dueOn: "2026-01-01" });
  await page.goto("/incidents");
  await page.getByRole("link", { name: "Action items" }).click();
  const list = page.getByRole("list", { name: "Action items" });
  const later = list.getByRole("listitem").filter({ hasText: "target later" });
  const titles = async () =>
    (await list.getByRole("listitem").allInnerTexts()).flatMap((text) => /target (?:later|overdue)/.exec(text) ?? []);
  await expect(later).toBeVisible();
  expect(await titles()).toEqual(["target overdue", "target later"]);
  await page.getByRole("link", { name: /^Overdue/ }).click();
  await expect(later).toHaveCount(0);
  expect(new URL(page.url()).search).toBe("?show=overdue");
  await page.getByRole("checkbox", { name: "Done: target overdue" }).click();
  await expect(list.getByRole("listitem").filter({ hasText: "target overdue" })).toHaveCount(0);
  await page.goBack();
  await expect(later).toBeVisible();

  await viewerPage.goto(`/incidents/${incident.number}/postmortem`);
  await expect(viewerPage.getByRole("article")).toContainText("target later");
  await expect(viewerPage.getByRole("checkbox")).toHaveCount(0);
  await expect(viewerPage.getByRole("form", { name: "Add an action item" })).toHaveCount(0);
  await viewerPage.goto(`/incidents/${incident.number}/postmortem/edit`);
  await expect(viewerPage.getByText("Changing this needs the role editor.")).toBeVisible();
});

test("the figures follow the range and the time zone in the address", async ({ editorPage: page, incident, call }) => {
  await call("PUT", `/incidents/${incident.id}/postmortem`, { causeCategory: "target deploy" });
  await page.goto("/incidents");
  await page.getByRole("link", { name: "Figures" }).click();
  const table = page.getByRole("table", { name: "Figures by month and severity" });
  await expect(table.getByRole("rowheader", { name: "High" }).first()).toBeVisible();
  await expect(page.locator("section").filter({ hasText: "Kinds of causes" })).toContainText("target deploy");
  const months = table.getByRole("rowheader").filter({ hasText: /^\w+ \d{4}$/ });
  await expect(months).toHaveCount(6);
  await page.getByRole("link", { name: "12 months" }).click();
  await expect(months).toHaveCount(12);
  expect(new URL(page.url()).search).toBe("?months=12");
  await page.goto("/incidents/figures?months=7&timezone=Mars");
  await expect(months).toHaveCount(6);
  await expect(page.getByText("Months of UTC")).toBeVisible();
});
