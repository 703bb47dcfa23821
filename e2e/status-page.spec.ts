import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import type { SharedProduct } from "./shared";

/** A visitor who is not signed in, and whose browser runs no script. */
async function visit(
  browser: Browser,
  product: SharedProduct,
  look: (page: Page) => Promise<void>,
  options: { colorScheme?: "light" | "dark"; width?: number } = {},
) {
  const { colorScheme = "light", width = 1440 } = options;
  const viewport = { width, height: 900 };
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: product.url, colorScheme, viewport });
  await look(await context.newPage());
  await context.close();
}

interface Made {
  id: string;
  number: number;
}

async function call(product: SharedProduct, token: string, method: string, path: string, body?: object): Promise<Made> {
  const response = await fetch(`${product.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(response.status, await response.clone().text()).toBeLessThan(300);
  const text = await response.text();
  return text === "" ? { id: "", number: 0 } : JSON.parse(text);
}

const CHECK = {
  type: "http",
  label: "db-primary.internal",
  config: { url: "http://127.0.0.1:9/" },
  failureThreshold: 1,
};

test("an editor sets components up and orders them by keyboard; a visitor without scripts sees them, an incident and its updates", async ({
  browser,
  product,
  token,
  editorPage: page,
  makeCheck,
  sql,
}) => {
  await makeCheck(CHECK);
  await page.goto("/settings/status-page");
  await expect(page.getByText("No components yet")).toBeVisible();
  await expect(page.getByText("an admin’s to change")).toBeVisible();

  await page.getByRole("link", { name: "New component" }).click();
  await page.getByRole("button", { name: "Add to the page" }).click();
  await expect(page.getByText("choose at least one check")).toBeVisible();
  const add = async (label: string, group: string, check: string) => {
    await page.getByLabel("Name").fill(label);
    await page.getByLabel("Group").fill(group);
    await page.getByRole("checkbox", { name: check }).check();
    await page.getByRole("button", { name: "Add to the page" }).click();
    await expect(page.getByRole("row", { name: new RegExp(label) })).toBeVisible();
  };
  await add("Payments", "Shop", "db-primary.internal");
  await page.getByRole("link", { name: "New component" }).click();
  await add("Search", "", "Database");

  const rows = page.getByRole("table", { name: "Components" }).getByRole("row");
  await expect(rows.nth(1)).toContainText("Payments");
  const up = page.getByRole("button", { name: "Move Search up" });
  await up.focus();
  await page.keyboard.press("Enter");
  await expect(rows.nth(1)).toContainText("Search");
  await expect(up).toBeFocused();

  const incident = await call(product, token, "POST", "/api/v1/incidents", {
    title: "Cards are refused",
    severity: "high",
    visibility: "public",
    description: "internal: the disk is full",
  });
  const update = (message: string, isPublic: boolean) =>
    call(product, token, "POST", `/api/v1/incidents/${incident.id}/updates`, { message, isPublic });
  await update("We **know** of it. <script>document.title = 'run'</script>", true);
  await update("internal: rotating the password", false);

  await visit(browser, product, async (visitor) => {
    await expect(async () => {
      await visitor.goto("/status");
      await expect(visitor.getByRole("heading", { name: "Payments" })).toBeVisible({ timeout: 500 });
      await expect(visitor.getByRole("article")).toContainText("We know of it.", { timeout: 500 });
    }).toPass();
    await expect(visitor.getByRole("heading", { level: 3 }).filter({ hasText: "Shop" })).toBeVisible();
    await expect(visitor.getByRole("img", { name: /^Payments, last 90 days/ })).toBeVisible();
    expect(await visitor.content()).not.toMatch(/internal|<script/);
    await visitor.getByRole("link", { name: "Cards are refused" }).click();
    await expect(visitor.getByRole("heading", { level: 1, name: "Cards are refused" })).toBeVisible();
    await expect(visitor.getByText("We know of it.")).toBeVisible();
    expect(await visitor.content()).not.toContain("internal");
    await visitor.getByRole("link", { name: "Status", exact: true }).click();
    await expect(visitor).toHaveURL(`${product.url}/status`);
  });
  await sql.query("DELETE FROM incidents WHERE id = $1", [incident.id]);
  await sql.query("DELETE FROM status_components");
});

test("an admin gives the page its title, colour and contact, and switches it off; wrong values are told at their fields", async ({
  browser,
  product,
  adminPage: page,
  sql,
}) => {
  await page.goto("/settings/status-page");
  await page.getByLabel("Title").fill("Shop status");
  await page.getByLabel("Accent colour").fill("teal");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("must be a colour like #0f766e")).toBeVisible();
  await expect(page.getByLabel("Title")).toHaveValue("Shop status");
  await page.getByLabel("Accent colour").fill("#0f766e");
  await page.getByLabel("Contact").fill("mailto:help@example.com");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved: the page shows it.")).toBeVisible();
  await visit(browser, product, async (visitor) => {
    await expect(async () => {
      await visitor.goto("/status");
      await expect(visitor.getByRole("heading", { level: 1, name: "Shop status" })).toBeVisible({ timeout: 500 });
    }).toPass();
    await expect(visitor.getByRole("link", { name: "Contact us" })).toHaveAttribute("href", "mailto:help@example.com");
  });

  await page.getByLabel("The page is there").uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved: the page is off.")).toBeVisible();
  const status = async (path: string) => (await fetch(`${product.url}${path}`)).status;
  for (const path of ["/status", "/status/feed.atom", "/api/status.json", "/api/v2/summary.json"])
    await expect.poll(() => status(path)).toBe(404);
  await sql.query("DELETE FROM status_page");
  await sql.query(`SELECT pg_notify('watchkeeper', '{"topic":"incidents"}')`);
  await expect.poll(() => status("/status")).toBe(200);
});

test("axe finds nothing on the public page and on an incident's, light and dark, wide and narrow; the feed is XML", async ({
  browser,
  product,
  token,
  makeCheck,
  sql,
  viewerPage,
}) => {
  test.setTimeout(120_000);
  const checkId = await makeCheck(CHECK);
  const { rows } = await sql.query<{ id: string }>("SELECT id FROM health_checks WHERE key = 'database'");
  const database = rows[0]?.id ?? "";
  const component = (body: object) => call(product, token, "POST", "/api/v1/status-components", body);
  await component({ label: "Payments", groupName: "Shop", checkIds: [checkId], showResponseTime: true });
  await component({
    label: "Sign-in",
    description: "Accounts and sessions",
    checkIds: [database],
    showResponseTime: true,
  });
  await sql.query(
    `INSERT INTO health_check_days (check_id, day, ok, failed, down_seconds)
     SELECT $1, current_date - d, 1440 - bad, bad, bad * 60 FROM generate_series(1, 40) AS d, LATERAL (SELECT CASE d % 9 WHEN 0 THEN 34 WHEN 5 THEN 300 ELSE 0 END AS bad) b
     ON CONFLICT DO NOTHING`,
    [database],
  );
  const declare = (title: string) =>
    call(product, token, "POST", "/api/v1/incidents", {
      title,
      severity: "high",
      visibility: "public",
      checks: [{ checkId, impact: "partial" }],
    });
  const note = (id: string, body: object) => call(product, token, "POST", `/api/v1/incidents/${id}/updates`, body);
  const open = await declare("Cards are refused & <b>slow</b>");
  await note(open.id, {
    message: "# What we know\n\n- the queue grows\n- `503` answers\n\n> quoted",
    status: "identified",
  });
  const over = await declare("Mail was late");
  await note(over.id, { message: "All of it is delivered.", status: "resolved" });
  await sql.query(
    `INSERT INTO postmortems (incident_id, impact, root_cause, whys, visibility, published_at, updated_by)
     VALUES ($1, 'Mail was up to an hour late.', 'A full disk', ARRAY['Logs grew', 'Rotation was off'], 'public', now(), 'Ada')`,
    [over.id],
  );
  await sql.query(
    `INSERT INTO maintenance_windows (label, description, matchers, recurrence, timezone, starts_at, ends_at, weekdays, is_public, created_by)
     VALUES ('status-page-window', 'Payments stop for a while.', '[{"label":"check","op":"=","value":"nothing"}]', 'once', 'UTC', now() + interval '2 h', now() + interval '3 h', '{}', true, 'Ada')`,
  );
  await sql.query(`SELECT pg_notify('watchkeeper', '{"topic":"incidents"}')`);
  await expect.poll(async () => (await fetch(`${product.url}/status`)).text()).toContain("status-page-window");

  const paths = ["/status", `/status/incidents/${open.number}`, `/status/incidents/${over.number}`, "/status/nothing"];
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1440, 390]) {
      // Axe itself is a script.
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      for (const path of paths) {
        await page.goto(`${product.url}${path}`);
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
        const ground = await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
        expect(ground, "the stylesheet holds").toBe(colorScheme === "light" ? "rgb(250, 250, 250)" : "rgb(12, 13, 15)");
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map((v) => `${path}: ${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`)).toEqual(
          [],
        );
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, `${path} is wider than ${width} px`).toBeLessThanOrEqual(0);
      }
      await context.close();
    }
  }
  const feed = await (await fetch(`${product.url}/status/feed.atom`)).text();
  const parsed = await viewerPage.evaluate((xml) => {
    const document = new DOMParser().parseFromString(xml, "application/xml");
    return {
      errors: document.querySelectorAll("parsererror").length,
      entries: document.querySelectorAll("entry").length,
    };
  }, feed);
  expect(parsed).toEqual({ errors: 0, entries: 3 });

  await sql.query("DELETE FROM incidents WHERE id = ANY($1::uuid[])", [[open.id, over.id]]);
  await sql.query("DELETE FROM maintenance_windows WHERE label = 'status-page-window'");
  await sql.query("DELETE FROM status_components");
});
