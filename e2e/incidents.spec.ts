import type { Locator, Page } from "@playwright/test";
import type { Pool } from "pg";
import { expect, test } from "./fixtures";
import { makeTarget, removeTargets } from "./stored-rows";

test.afterAll(async ({ sql }) => {
  await sql.query("DELETE FROM incidents WHERE title LIKE 'e2e %'");
  await removeTargets(sql);
});

const START = "now() - interval '30 minutes'";

/** An incident as somebody declared it half an hour ago. */
async function addIncident(sql: Pool, title: string, { status = "investigating" } = {}) {
  const { rows } = await sql.query<{ id: string; number: number }>(
    `INSERT INTO incidents (title, severity, status, resolved_at, started_at, detected_at, acknowledged_at)
     VALUES ($1, 'high', $2::incident_status, CASE WHEN $2 = 'resolved' THEN now() END, ${START}, ${START}, ${START}) RETURNING id, number`,
    [title, status],
  );
  const [made] = rows;
  if (!made) throw new Error("no incident was made");
  return { ...made, path: `/incidents/${made.number}` };
}

const stored = async (sql: Pool, id: string) =>
  (await sql.query(`SELECT title, severity, status, resolved_at AS "resolvedAt" FROM incidents WHERE id = $1`, [id]))
    .rows[0];

const composer = (page: Page): Locator => page.getByRole("form", { name: "Post an update" });
const timeline = (page: Page): Locator => page.getByRole("region", { name: "What happened" });
const card = (page: Page, title: string): Locator =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: title, exact: true }) });

async function post(page: Page, message: string, status?: string) {
  await composer(page).getByLabel("Message").fill(message);
  if (status) await composer(page).getByLabel("Status", { exact: true }).selectOption({ label: status });
  await composer(page).getByRole("button", { name: "Post update" }).click();
  await expect(timeline(page)).toContainText(message);
  await expect(composer(page).getByLabel("Message")).toHaveValue("");
}

/** Sends something else than what the form offers, once: as if it had been posted directly. */
const forge = (form: Locator, name: string, value: string) =>
  form.evaluate(
    (element, [field, forged]) => {
      if (element instanceof HTMLFormElement)
        element.addEventListener("formdata", ({ formData }) => formData.set(field, forged), { once: true });
    },
    [name, value] as const,
  );

test("declared, updated three times, a check attached, its severity changed, resolved, reopened: the timeline tells it", async ({
  editorPage: page,
  sql,
  makeCheck,
}) => {
  const checkId = await makeCheck({ type: "http", label: "e2e shop front", config: { url: "http://127.0.0.1:9/" } });
  await page.goto("/checks");
  await page.getByRole("banner").getByRole("link", { name: "Declare incident" }).click();
  await page.getByLabel("Title").fill("e2e Card payments fail");
  await page.getByRole("radio", { name: "High" }).check();
  await page.getByLabel(/^Description/).fill("Cards are *refused*.");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.locator(".prose em")).toHaveText("refused");
  await page.getByRole("button", { name: "Declare incident" }).click();
  await expect(page).toHaveURL(/\/incidents\/\d+$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("e2e Card payments fail");
  const state = page.getByRole("region", { name: "State" });
  await expect(state).toContainText("Investigating");
  await expect(state.locator("em")).toHaveText("refused");

  await post(page, "We look at it.");
  await post(page, "It was the deploy.", "Identified");
  await post(page, "Rolled back.", "Monitoring");
  await expect(state).toContainText("Monitoring");

  await page.getByText("Name the affected checks").click();
  const affected = page.getByRole("form", { name: "Affected checks" });
  await affected.getByRole("combobox", { name: "Add a check" }).fill("shop front");
  await affected.getByRole("option", { name: "e2e shop front" }).click();
  await affected.getByLabel("Impact on e2e shop front").selectOption("major");
  await affected.getByRole("button", { name: "Save affected checks" }).click();
  await expect(timeline(page)).toContainText("e2e shop front is affected (major).");
  await expect(card(page, "Affected checks").getByRole("link", { name: "e2e shop front" })).toHaveAttribute(
    "href",
    `/checks/${checkId}`,
  );

  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByRole("radio", { name: "Critical" }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(timeline(page)).toContainText("editor changed the severity from high to critical.");

  await page.getByRole("button", { name: "Resolve" }).click();
  await expect(state).toContainText("Resolved");
  const number = Number(new URL(page.url()).pathname.split("/").at(-1));
  const { rows } = await sql.query<{ id: string }>("SELECT id FROM incidents WHERE number = $1", [number]);
  const id = rows[0]?.id ?? "";
  expect((await stored(sql, id)).resolvedAt).not.toBeNull();

  await page.getByRole("button", { name: "Reopen" }).click();
  await expect(timeline(page)).toContainText(
    /editor reopened it: it had been resolved at \d{4}-\d\d-\d\d \d\d:\d\d UTC/,
  );
  expect(await stored(sql, id)).toMatchObject({ status: "investigating", severity: "critical", resolvedAt: null });
});

test("what is wrong in a declaration is said at its field, and nothing that was typed is lost", async ({
  editorPage: page,
  sql,
  makeCheck,
}) => {
  const id = await makeCheck({ type: "http", label: "e2e search", config: { url: "http://127.0.0.1:9/" } });
  await page.goto(`/incidents/new?check=${id}`);
  const title = page.getByLabel("Title");
  await title.fill(`e2e ${"x".repeat(200)}`);
  await page.getByLabel(/^Description/).fill("a null \0 character");
  await page.getByLabel(/^Started at/).fill("2099-01-01T10:00");
  await page.getByRole("radio", { name: "Public" }).check();
  await page.getByLabel("Impact on e2e search").selectOption("partial");
  const send = page.getByRole("button", { name: "Declare incident" });
  await send.click();
  const description = page.getByLabel(/^Description/);
  await expect(description).toHaveAccessibleDescription(/holds a character that can't be stored/);
  await expect(description).toBeFocused();
  await description.fill("Fine");
  await send.click();
  await expect(title).toHaveAccessibleDescription(/must have at most 200 characters/);
  await expect(title).toHaveValue(`e2e ${"x".repeat(200)}`);
  await title.fill("e2e Search is slow");
  await forge(page.getByRole("form", { name: "Declare incident" }), "severity", "apocalyptic");
  await send.click();
  const severity = page.getByRole("group", { name: "Severity" });
  await expect(severity).toContainText("must be one of low, medium, high, critical");
  await page.getByRole("radio", { name: "Low" }).check();
  await send.click();
  await expect(page.getByLabel(/^Started at/)).toHaveAccessibleDescription(/must not be in the future/);
  await expect(title).toHaveValue("e2e Search is slow");
  await expect(page.getByLabel(/^Description/)).toHaveValue("Fine");
  await expect(page.getByRole("radio", { name: "Low" })).toBeChecked();
  await expect(page.getByRole("radio", { name: "Public" })).toBeChecked();
  await expect(page.getByLabel("Impact on e2e search")).toHaveValue("partial");
  const { rows } = await sql.query("SELECT 1 FROM incidents WHERE title LIKE 'e2e Search%' OR title LIKE 'e2e xxx%'");
  expect(rows).toEqual([]);
  await page.getByLabel(/^Started at/).fill("");
  await send.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("e2e Search is slow");
  await expect(card(page, "Affected checks")).toContainText("Partial outage");
});

test("no transition that is not allowed happens, whatever is posted; what was typed stays", async ({
  editorPage: page,
  sql,
}) => {
  const { id, path } = await addIncident(sql, "e2e Over long ago", { status: "resolved" });
  await page.goto(path);
  const status = composer(page).getByLabel("Status", { exact: true });
  const message = composer(page).getByLabel("Message");
  await expect(status.getByRole("option")).toHaveText(["Stays resolved", "Reopen: investigating"]);
  for (const [forged, told] of [
    ["identified", "It is resolved: reopen it (as investigating) before it becomes identified."],
    ["monitoring", "It is resolved: reopen it (as investigating) before it becomes monitoring."],
    ["nonsense", "must be one of investigating, identified, monitoring, resolved"],
  ] as const) {
    await message.fill(`A word about ${forged}`);
    await forge(composer(page), "status", forged);
    await composer(page).getByRole("button", { name: "Post update" }).click();
    await expect(status).toHaveAccessibleDescription(new RegExp(told.replaceAll(/[()]/g, "\\$&")));
    await expect(message).toHaveValue(`A word about ${forged}`);
  }
  await message.fill("");
  await status.selectOption("");
  await composer(page).getByRole("button", { name: "Post update" }).click();
  await expect(message).toHaveAccessibleDescription(/is required/);
  expect(await stored(sql, id)).toMatchObject({ status: "resolved" });
  const { rows } = await sql.query("SELECT 1 FROM incident_updates WHERE incident_id = $1", [id]);
  expect(rows).toEqual([]);
});

test("script in Markdown is shown as it was typed, and runs nowhere", async ({ editorPage: page, sql }) => {
  const { path } = await addIncident(sql, "e2e <script>alert(1)</script>");
  let dialogs = 0;
  page.on("dialog", (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  await page.goto(path);
  const evil = '<img src=x onerror="alert(1)"> <script>alert(2)</script> [go](javascript:alert(3)) **bold**';
  await composer(page).getByLabel("Message").fill(evil);
  await composer(page).getByRole("button", { name: "Preview" }).click();
  await expect(composer(page).locator(".prose strong")).toHaveText("bold");
  await composer(page).getByRole("button", { name: "Post update" }).click();
  const line = timeline(page).getByRole("listitem").filter({ hasText: "onerror" });
  await expect(line).toContainText("<script>alert(2)</script>");
  await expect(page.locator(".prose :is(img, script, iframe, a[href^=javascript])")).toHaveCount(0);
  expect(dialogs).toBe(0);
});

test("of two who edit at once the second is told at the field, loses nothing, and overwrites knowingly", async ({
  editorPage,
  adminPage,
  sql,
}) => {
  const { id, path } = await addIncident(sql, "e2e Mail waits");
  await editorPage.goto(`${path}/edit`);
  await adminPage.goto(`${path}/edit`);
  await editorPage.getByLabel("Title").fill("e2e Mail waits for an hour");
  await editorPage.getByRole("radio", { name: "Low" }).check();
  const admin = (await sql.query<{ name: string }>("SELECT name FROM users WHERE role = 'admin' LIMIT 1")).rows[0]
    ?.name;
  await adminPage.getByRole("radio", { name: "Critical" }).check();
  await adminPage.getByRole("button", { name: "Save" }).click();
  await expect(timeline(adminPage)).toContainText("from high to critical");
  // The page of the first was refreshed meanwhile: what they saw when they began still counts.
  await editorPage.waitForResponse((response) => response.url().includes("_rsc"));
  await editorPage.getByRole("button", { name: "Save" }).click();
  await expect(editorPage.getByRole("group", { name: "Severity" })).toContainText(
    `${admin} changed it to critical in the meantime`,
  );
  await expect(editorPage.getByLabel("Title")).toHaveValue("e2e Mail waits for an hour");
  await expect(editorPage.getByRole("radio", { name: "Low" })).toBeChecked();
  expect(await stored(sql, id)).toMatchObject({ title: "e2e Mail waits", severity: "critical" });
  await editorPage.getByRole("button", { name: "Save" }).click();
  await expect(editorPage.getByRole("heading", { level: 1 })).toHaveText("e2e Mail waits for an hour");
  expect(await stored(sql, id)).toMatchObject({ title: "e2e Mail waits for an hour", severity: "low" });
});

test("two who change different fields at once both get through", async ({ editorPage, adminPage, sql }) => {
  const { id, path } = await addIncident(sql, "e2e Images are slow");
  await editorPage.goto(`${path}/edit`);
  await editorPage.getByLabel("Title").fill("e2e Images are slow in Asia");
  await adminPage.goto(`${path}/edit`);
  await adminPage.getByRole("radio", { name: "Medium" }).check();
  await adminPage.getByRole("button", { name: "Save" }).click();
  await expect(timeline(adminPage)).toContainText("from high to medium");
  await editorPage.getByRole("button", { name: "Save" }).click();
  await expect(editorPage.getByRole("heading", { level: 1 })).toHaveText("e2e Images are slow in Asia");
  expect(await stored(sql, id)).toMatchObject({ title: "e2e Images are slow in Asia", severity: "medium" });
});

test("what somebody else writes is there within 10 s, and what is being typed stays; their status is not overwritten unseen", async ({
  editorPage,
  adminPage,
  sql,
}) => {
  const { id, path } = await addIncident(sql, "e2e Webhooks are late");
  await editorPage.goto(path);
  await adminPage.goto(path);
  await composer(editorPage).getByLabel("Message").fill("We are nearly");
  await composer(editorPage).getByLabel("Status", { exact: true }).selectOption("monitoring");
  await post(adminPage, "All is well again.", "Resolved");
  await expect(timeline(editorPage)).toContainText("All is well again.", { timeout: 10_000 });
  await expect(composer(editorPage).getByLabel("Message")).toHaveValue("We are nearly");
  await expect(composer(editorPage).getByLabel("Status", { exact: true })).toHaveValue("monitoring");
  await composer(editorPage).getByLabel("Message").fill("We are nearly there.");
  await composer(editorPage).getByLabel("Message").press("Control+Enter");
  await expect(composer(editorPage).getByLabel("Status", { exact: true })).toHaveAccessibleDescription(
    /changed it to resolved in the meantime/,
  );
  await expect(composer(editorPage).getByLabel("Message")).toHaveValue("We are nearly there.");
  expect(await stored(sql, id)).toMatchObject({ status: "resolved" });
  await composer(editorPage).getByLabel("Status", { exact: true }).selectOption("investigating");
  await composer(editorPage).getByRole("button", { name: "Post update" }).click();
  await expect(timeline(editorPage)).toContainText("We are nearly there.");
  expect(await stored(sql, id)).toMatchObject({ status: "investigating", resolvedAt: null });
  await post(editorPage, "Found it.", "Identified");
  await post(editorPage, "Mended.", "Monitoring");
});

test("a line is pinned, hidden from the public and annotated by the keyboard", async ({ editorPage: page, sql }) => {
  const { id, path } = await addIncident(sql, "e2e Logins fail");
  await page.goto(path);
  await post(page, "Forty failures from one address.");
  const line = timeline(page).getByRole("listitem").filter({ hasText: "Forty failures" });
  await line.getByRole("button", { name: /^Change/ }).press("Enter");
  await line.getByRole("button", { name: "Pin", exact: true }).press("Enter");
  await expect(timeline(page).getByRole("list", { name: "Pinned" })).toContainText("Forty failures");
  await line.last().getByRole("button", { name: "Hide from the public" }).press("Enter");
  await expect(line.last()).toContainText("internal");
  await line.last().getByRole("button", { name: "Add a note" }).press("Enter");
  await line.last().getByRole("textbox", { name: /^Note/ }).fill("The first sign");
  await line.last().getByRole("button", { name: "Save" }).press("Enter");
  await expect(line.last().getByText("The first sign").first()).toBeVisible();
  const { rows } = await sql.query(
    `SELECT is_pinned AS "isPinned", is_public AS "isPublic", annotation FROM incident_updates WHERE incident_id = $1`,
    [id],
  );
  expect(rows).toEqual([{ isPinned: true, isPublic: false, annotation: "The first sign" }]);
});

test("declared from an alert it begins with what is known; the alert leads to it, leaves it and comes back", async ({
  editorPage: page,
  sql,
}) => {
  const { name, alertId } = await makeTarget(sql);
  await page.goto(`/alerts/${alertId}`);
  await page.getByRole("main").getByRole("link", { name: "Declare incident" }).click();
  await expect(page.getByLabel("Title")).toHaveValue(`${name}: is not known`);
  await expect(page.getByLabel(`Impact on ${name}`)).toHaveValue("degraded");
  await page.getByRole("button", { name: "Declare incident" }).click();
  const alerts = card(page, "Alerts");
  await expect(alerts.getByRole("link", { name })).toBeVisible();
  await page.goto(`/alerts/${alertId}`);
  await page.getByRole("link", { name: /^INC-\d+ target-/ }).click();
  await alerts.getByRole("button", { name: "Take out" }).click();
  await expect(alerts).toContainText("None belongs to it.");
  await alerts.getByText("Add an alert").click();
  await alerts.getByRole("button", { name: "Add alert" }).click();
  await expect(alerts.getByRole("combobox", { name: "Alert" })).toHaveAccessibleDescription(/choose an alert/);
  await alerts.getByRole("combobox", { name: "Alert" }).fill(name);
  await alerts.getByRole("option", { name }).click();
  await alerts.getByRole("button", { name: "Add alert" }).click();
  await expect(alerts.getByRole("link", { name })).toBeVisible();
});

test("two that turn out to be one are merged by hand: the other goes on with the alert, the check and the worse severity", async ({
  editorPage: page,
  sql,
}) => {
  const { name, incidentId, incidentNumber, checkId } = await makeTarget(sql, { linked: true });
  await sql.query("INSERT INTO incident_checks (incident_id, check_id, label, impact) VALUES ($1, $2, $3, 'major')", [
    incidentId,
    checkId,
    name,
  ]);
  await sql.query("UPDATE incidents SET visibility = 'internal', severity = 'critical' WHERE id = $1", [incidentId]);
  const into = await addIncident(sql, "e2e The database is down");
  await page.goto(`/incidents/${incidentNumber}`);
  await page.getByText("Merge it into another incident").click();
  const form = page.getByRole("form", { name: "Merge into another incident" });
  await form.getByRole("button", { name: "Merge" }).click();
  const other = form.getByRole("combobox", { name: "Merge into" });
  await expect(other).toHaveAccessibleDescription(/choose an incident/);
  await other.fill(`INC-${incidentNumber}`);
  // Itself is not offered.
  await expect(form.getByRole("option")).toHaveText(["Nothing fits."]);
  await other.fill("the database is down");
  await form.getByRole("option", { name: new RegExp(`INC-${into.number}$`) }).click();
  await form.getByRole("button", { name: "Merge" }).click();
  await expect(page).toHaveURL(new RegExp(`${into.path}$`));
  await expect(timeline(page)).toContainText(
    `editor merged INC-${incidentNumber} “${name}” into it: 1 alert, 1 affected check; the severity went from high to critical.`,
  );
  await expect(card(page, "Alerts").getByRole("link", { name })).toBeVisible();
  await expect(card(page, "Affected checks").getByRole("link", { name })).toBeVisible();
  await page.goto(`/incidents/${incidentNumber}`);
  const state = page.getByRole("region", { name: "State" });
  await expect(state).toContainText("Resolved");
  await expect(state.getByRole("link", { name: `INC-${into.number}` })).toHaveAttribute("href", into.path);
});

test("the list: tabs with counts, filters and search in the address, j and Enter, one address for each", async ({
  editorPage: page,
  sql,
}) => {
  const { id, number, path } = await addIncident(sql, "e2e Exports are empty");
  const over = await addIncident(sql, "e2e Exports were empty before", { status: "resolved" });
  await page.goto("/incidents?query=e2e+Exports");
  const rows = page.getByRole("list", { name: "Incidents" }).getByRole("listitem");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(`INC-${number}`);
  await page.getByRole("navigation", { name: "Which incidents" }).getByRole("link", { name: /^All/ }).click();
  await expect(rows).toHaveCount(2);
  await page.getByLabel("Severity", { exact: true }).selectOption("low");
  await expect(page).toHaveURL(/severity=low/);
  await expect(page.getByText("No incident fits")).toBeVisible();
  await page.goBack();
  await page.goto(`/incidents?status=all&query=inc-${over.number}`);
  await expect(rows).toHaveCount(1);
  // The keys work once the page's script is there.
  await expect(async () => {
    await page.locator("body").press("j");
    await expect(rows.getByRole("link").first()).toBeFocused({ timeout: 200 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${over.path}$`));
  for (const other of [id, `INC-${number}`]) {
    await page.goto(`/incidents/${other}`);
    await expect(page).toHaveURL(new RegExp(`${path}$`));
  }
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder(/Search checks, incidents/).fill("Exports were");
  await page.getByRole("option", { name: "e2e Exports were empty before" }).click();
  await expect(page).toHaveURL(new RegExp(`${over.path}$`));
});

test("an incident is found by one of a thousand checks", async ({ editorPage: page, sql }) => {
  await sql.query(
    `INSERT INTO health_checks (key, type, label, config, next_due_at, paused_at)
     SELECT 'target-many-' || n, 'http', 'target-many ' || n, '{"url":"http://127.0.0.1:9/"}', now() + interval '1 day', now() FROM generate_series(1, 1000) n`,
  );
  const { id } = await addIncident(sql, "e2e One of many");
  await sql.query(
    `INSERT INTO incident_checks (incident_id, check_id, label, impact) SELECT $1, id, label, 'major' FROM health_checks WHERE key = 'target-many-777'`,
    [id],
  );
  await page.goto("/incidents");
  await page.getByRole("combobox", { name: "Affected check" }).fill("many 777");
  await page.getByRole("option", { name: "target-many 777" }).click();
  const rows = page.getByRole("list", { name: "Incidents" }).getByRole("listitem");
  await expect(rows).toHaveText([/e2e One of many/]);
  await page.getByRole("button", { name: /Affects target-many 777/ }).click();
  await expect(page).toHaveURL(/\/incidents$/);
});

test("only an admin deletes, by typing its name", async ({ adminPage: page, editorPage, sql }) => {
  const { id, number, path } = await addIncident(sql, "e2e Declared by mistake");
  await editorPage.goto(`${path}/edit`);
  await expect(editorPage.getByRole("button", { name: "Save" })).toBeVisible();
  await expect(editorPage.getByRole("button", { name: "Delete incident" })).toHaveCount(0);
  await page.goto(`${path}/edit`);
  await page.getByRole("button", { name: "Delete incident" }).click();
  const confirm = page.getByLabel(`Type INC-${number} to confirm`);
  await expect(confirm).toHaveAccessibleDescription(/to confirm/);
  await confirm.fill(`INC-${number}`);
  await page.getByRole("button", { name: "Delete incident" }).click();
  await expect(page).toHaveURL(/\/incidents\?status=all$/);
  expect(await stored(sql, id)).toBeUndefined();
});

test("a viewer reads the story, and nothing to change it by", async ({ viewerPage: page, sql }) => {
  const { path } = await addIncident(sql, "e2e Viewers read");
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("e2e Viewers read");
  await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Declare incident" })).toHaveCount(0);
  for (const form of ["/incidents/new", `${path}/edit`]) {
    await page.goto(form);
    await expect(page.getByText("Changing this needs the role editor.")).toBeVisible();
    await expect(page.getByRole("main").getByRole("textbox")).toHaveCount(0);
  }
});
