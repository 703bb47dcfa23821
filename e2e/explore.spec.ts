import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type { Pool } from "pg";
import { expect, test } from "./fixtures";

const MINUTE_MS = 60_000;
const METRIC = "e2e.shop.latency";
const OTHER = "e2e.shop.orders";

/** Three hours of a sample a minute of three series in ms, and of one more in bytes, up to now. */
async function writeSeries(url: string, token: string) {
  const now = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  const hosts = ["web-1", "web-2", "db-1"];
  const samples = Array.from({ length: 180 }, (_, i) => new Date(now - i * MINUTE_MS).toISOString()).flatMap(
    (recordedAt, i) => [
      ...hosts.map((host, n) => ({
        name: METRIC,
        unit: "ms",
        value: 100 * (n + 1) + (i % 7),
        metadata: { host },
        recordedAt,
      })),
      { name: OTHER, unit: "bytes", value: 2e9, metadata: {}, recordedAt },
    ],
  );
  return { url, token, samples };
}

async function store(sql: Pool, { samples }: Awaited<ReturnType<typeof writeSeries>>) {
  for (const { name, unit, metadata } of samples.slice(0, 4))
    await sql.query(
      "INSERT INTO metric_series (name, unit, metadata, hash) VALUES ($1, $2, $3, sha256($4::bytea)) ON CONFLICT DO NOTHING",
      [name, unit, metadata, `${name}${JSON.stringify(metadata)}`],
    );
  await sql.query(
    `INSERT INTO system_metrics (series_id, recorded_at, value)
     SELECT s.id, x."recordedAt", x.value FROM jsonb_to_recordset($1::jsonb) AS x(name text, metadata jsonb, "recordedAt" timestamptz, value float8)
     JOIN metric_series s ON s.name = x.name AND s.metadata = x.metadata ON CONFLICT DO NOTHING`,
    [JSON.stringify(samples)],
  );
}

test.beforeAll(async ({ sql, product, token }) => store(sql, await writeSeries(product.url, token)));
test.afterAll(async ({ sql }) => {
  await sql.query("DELETE FROM saved_views WHERE name LIKE 'Night shift%'");
  for (const table of ["metric_bands", "metric_anomalies"])
    await sql.query(`DELETE FROM ${table} WHERE series_id IN (SELECT id FROM metric_series WHERE name = $1)`, [METRIC]);
});

const chart = (page: Page, number = 1) => page.getByRole("region", { name: `Chart ${number}` });
const query = (page: Page) => new URL(page.url()).searchParams;

/** The page's script is there when the chart answers to the pointer. */
async function open(page: Page, path: string) {
  await page.goto(path);
  await page.waitForLoadState("networkidle").catch(() => undefined);
}

test("a series is found by typing, filtered, grouped and aggregated by the keyboard, and the address holds it", async ({
  viewerPage: page,
}) => {
  await open(page, "/explore?range=1h");
  const first = page.getByRole("combobox", { name: "Metric of the first chart" });
  await first.fill("shop lat");
  await expect(page.getByRole("option", { name: /e2e\.shop\.latency.*ms/ })).toBeVisible();
  await first.press("Enter");
  await expect(chart(page).getByRole("button", { name: /^Only / })).toHaveCount(3);
  expect(query(page).getAll("q")).toEqual([`avg:${METRIC}`]);

  await chart(page).getByRole("button", { name: "Filter", exact: true }).click();
  const label = page.getByRole("combobox", { name: "Label" });
  await label.fill("host");
  await label.press("Enter");
  await page.getByLabel("Operator").selectOption("=~");
  await page.getByRole("combobox", { name: "Value" }).fill("web-.*");
  await page.getByRole("combobox", { name: "Value" }).press("Enter");
  await expect(chart(page).getByRole("button", { name: /^Only / })).toHaveCount(2);
  expect(query(page).get("q")).toBe(`avg:${METRIC}(host=~web-.*)`);

  await chart(page).getByLabel("Group").selectOption("All together");
  await chart(page).getByLabel("Aggregate").selectOption("Maximum");
  await expect(page).toHaveURL(/q=max:e2e\.shop\.latency\(host=~web-\.\*\)by\(\)/);
  await expect(chart(page).getByRole("button", { name: /^Only / })).toHaveCount(0);
  await expect(chart(page).getByLabel("Aggregate")).not.toContainText("Rate");

  await page.goBack();
  await page.goBack();
  await expect(chart(page).getByRole("button", { name: /^Only / })).toHaveCount(2);
  await chart(page).getByRole("button", { name: "Take the filter host =~ web-.* away" }).click();
  await expect(chart(page).getByRole("button", { name: /^Only / })).toHaveCount(3);
});

test("a drag on the chart zooms in on all charts, a button and back lead out again", async ({ viewerPage: page }) => {
  await open(page, `/explore?q=avg:${METRIC}&q=avg:${OTHER}&range=1h`);
  const plot = chart(page).getByRole("slider");
  const box = await plot.boundingBox();
  if (!box) throw new Error("there is no plot");
  await page.mouse.move(box.x + box.width * 0.25, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 60, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=.*&to=/);
  const minutes = (Date.parse(query(page).get("to") ?? "") - Date.parse(query(page).get("from") ?? "")) / MINUTE_MS;
  expect(minutes).toBeGreaterThanOrEqual(14);
  expect(minutes).toBeLessThanOrEqual(17);
  for (const number of [1, 2])
    await expect(chart(page, number).getByRole("slider")).toHaveAttribute("aria-valuemax", /^1[4-7]$/);
  await page.getByRole("button", { name: "Back to 1h" }).click();
  await expect(page).not.toHaveURL(/from=/);
  await page.goBack();
  await expect(page).toHaveURL(/from=/);
  await plot.dblclick();
  await expect(page).not.toHaveURL(/from=/);

  await plot.focus();
  await page.keyboard.press("End");
  for (let i = 0; i < 10; i += 1) await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/from=.*&to=/);
});

test("charts are added, duplicated, moved and removed; a wrong one says why and the others go on", async ({
  viewerPage: page,
}) => {
  await open(page, `/explore?q=avg:${METRIC}(host=~"(web")&q=avg:${OTHER}&range=1h`);
  await expect(chart(page, 1)).toContainText(/The filter host =~ \(web is no regular expression/);
  await expect(chart(page, 2).getByRole("slider")).toBeVisible();
  await chart(page, 2).getByRole("button", { name: "Duplicate chart 2" }).click();
  await expect(chart(page, 3).getByRole("slider")).toBeVisible();
  await chart(page, 3).getByRole("button", { name: "Move chart 3 up" }).click();
  await chart(page, 2).getByRole("button", { name: "Move chart 2 up" }).click();
  await expect(chart(page, 2)).toContainText(/no regular expression/);
  await chart(page, 2).getByRole("button", { name: "Remove chart 2" }).click();
  await expect(page.getByRole("region", { name: /^Chart \d$/ })).toHaveCount(2);
  await page.getByRole("combobox", { name: "Add a chart" }).fill(METRIC);
  await page.getByRole("option", { name: new RegExp(METRIC) }).click();
  await expect(chart(page, 3).getByRole("slider")).toBeVisible();
  await expect(page).toHaveURL(/q=avg:e2e\.shop\.orders&q=avg:e2e\.shop\.orders&q=avg:e2e\.shop\.latency/);
});

test("the address brings all of it back: comparison, step, table, file", async ({ viewerPage: page }) => {
  await open(page, `/explore?q=avg:${METRIC}(host=web-1)&range=1h&step=5m&compare=before`);
  await expect(page.getByLabel("Compare with")).toHaveValue("before");
  await expect(page.getByLabel("Step")).toHaveValue("5m");
  await chart(page).getByText("Table of").click();
  const table = page.getByRole("table");
  // A last column says what happened meanwhile, where something did.
  const columns = table.getByRole("columnheader").filter({ hasNotText: "Happened" });
  await expect(columns).toHaveText([/Time/, METRIC, `${METRIC}, the period before`]);
  await expect(table.getByRole("row").nth(2)).toContainText(/10\d ms/);
  const downloading = page.waitForEvent("download");
  await chart(page).getByRole("link", { name: /CSV/ }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe("avg-e2e.shop.latency-host-web-1.csv");
  const lines = readFileSync(await file.path(), "utf8")
    .trim()
    .split("\r\n");
  expect(lines[0]).toBe(`time,${METRIC} (ms),${METRIC} before (ms)`);
  expect(lines[2]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,10\d[\d.]*,10\d[\d.]*$/);
});

test("what is usual lies behind a single series, and what is odd is a mark on the chart of that series alone", async ({
  viewerPage: page,
  sql,
}) => {
  const ofSeries = "FROM metric_series s WHERE s.name = $1 AND s.metadata->>'host' = 'web-1'";
  await sql.query(
    `INSERT INTO metric_bands SELECT s.id, t, 95, 110 ${ofSeries.replace("WHERE", ", generate_series(now() - interval '3 hours', now(), interval '5 minutes') t WHERE")}
     ON CONFLICT DO NOTHING`,
    [METRIC],
  );
  await sql.query(
    `INSERT INTO metric_anomalies (series_id, at, score, kind, value, low, middle, high, reason)
     SELECT s.id, date_trunc('minute', now() - interval '20 minutes'), 0.9, 'value', 900, 95, 100, 110, '9× above what is usual; usual 95-110 ms' ${ofSeries}
     ON CONFLICT DO NOTHING`,
    [METRIC],
  );
  await open(page, `/explore?q=avg:${METRIC}(host=web-1)&q=avg:${METRIC}(host=db-1)&q=avg:${METRIC}&range=1h&step=5m`);
  await expect(chart(page, 1).getByText("usual range")).toBeVisible();
  for (const number of [2, 3]) await expect(chart(page, number).getByText("usual range")).toHaveCount(0);
  const plot = chart(page, 1).getByRole("slider");
  await plot.focus();
  await page.keyboard.press("Home");
  await expect(plot).toHaveAttribute("aria-valuetext", /usual 95-110 ms/);
  // Where it was odd, to the step.
  const texts: string[] = [];
  for (let i = 0; i < 13; i += 1) {
    await page.keyboard.press("ArrowRight");
    texts.push((await plot.getAttribute("aria-valuetext")) ?? "");
  }
  expect(texts.some((text) => text.includes("Anomaly: 9× above what is usual"))).toBe(true);
  await chart(page, 1).getByText("Table of").click();
  const table = page.getByRole("table");
  await expect(table.getByRole("columnheader")).toHaveText([/Time/, METRIC, "Usual range", "Happened"]);
  await expect(table.getByRole("row", { name: /Anomaly: 9×/ })).toContainText("95-110 ms");
  await expect(chart(page, 3).getByRole("slider")).toBeVisible();
  await chart(page, 3).getByText("Table of").click();
  await expect(page.getByRole("row", { name: /Anomaly: host=web-1: 9×/ })).toBeVisible();
  await chart(page, 2).getByText("Table of").click();
  await expect(chart(page, 2).getByRole("row").nth(1)).toBeVisible();
  await expect(chart(page, 2).getByText("Anomaly")).toHaveCount(0);
});

test("a click in the legend shows one series alone", async ({ viewerPage: page }) => {
  await open(page, `/explore?q=avg:${METRIC}&range=1h`);
  const plot = chart(page).getByRole("slider");
  await expect(plot).toHaveAttribute("aria-valuetext", /web-1.*web-2.*db-1/);
  await chart(page).getByRole("button", { name: "Only web-2" }).click();
  await expect(plot).toHaveAttribute("aria-valuetext", /^[^;]*web-2 [^;]*$/);
  await chart(page).getByRole("button", { name: "Only web-2" }).click();
  await expect(plot).toHaveAttribute("aria-valuetext", /web-1.*web-2.*db-1/);
});

test("an editor saves a view and puts it on the overview; a viewer sees both and may change neither", async ({
  editorPage: page,
  viewerPage,
}) => {
  await open(page, `/explore?q=max:${METRIC}&range=6h`);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByLabel("Name").fill("Night shift");
  await page.getByLabel("Show on the overview").check();
  await page.getByRole("button", { name: "Save view" }).click();
  await expect(page.getByText("Saved as Night shift, and on the overview.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Night shift");

  await open(viewerPage, "/");
  await expect(viewerPage.getByRole("figure").filter({ hasText: "Night shift" })).toBeVisible();
  await open(viewerPage, "/explore");
  await viewerPage.getByRole("button", { name: "Views" }).click();
  await expect(viewerPage.getByRole("button", { name: "Take off the overview" })).toHaveCount(0);
  await viewerPage.getByRole("link", { name: "Night shift" }).click();
  await expect(viewerPage).toHaveURL(/q=max:e2e\.shop\.latency&range=6h/);
  await expect(chart(viewerPage).getByRole("slider")).toBeVisible();
  await expect(viewerPage.getByRole("button", { name: "Save", exact: true })).toHaveCount(0);

  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("button", { name: "Take off the overview" }).click();
  await expect(page.getByText("Night shift is off the overview.")).toBeVisible();
  await page.getByText("Delete Night shift…").click();
  await page.getByRole("button", { name: "Delete view" }).click();
  await expect(page.getByRole("link", { name: "Night shift" })).toHaveCount(0);
});

test.describe("on a day with a clock change", () => {
  test("the hour that comes twice says which one it is", async ({ browser, product }) => {
    const context = await browser.newContext({
      timezoneId: "America/New_York",
      storageState: ".build/e2e/viewer.json",
      baseURL: product.url,
    });
    const page = await context.newPage();
    await open(page, "/explore?q=cpu_usage&from=2026-11-01T04:00Z&to=2026-11-01T08:00Z&step=1h");
    // No samples that day: what the axis says is read from the button that leads back.
    await expect(page.getByText("1 Nov 2026, 00:00 GMT-4 – 1 Nov 2026, 03:00 GMT-5")).toBeVisible();
    await context.close();
  });
});
