import { readdirSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { fillIncident, makeTarget, removeTargets } from "./stored-rows";

/** Every page there is; `{check}` and the like stand for the id of one. A page added without a line here fails the first test. */
const PAGES = [
  "/",
  "/checks",
  "/checks?status=failed&query=nothing+matches",
  "/checks/new",
  "/checks/new?type=http",
  "/checks/{check}",
  "/checks/{check}/edit",
  "/checks/00000000-0000-0000-0000-000000000000",
  "/explore",
  "/explore/anomalies",
  "/explore?q=avg:cpu_usage&q=avg:response_time&q=rate:cpu_usage&q=nothing&compare=week&from=2026-11-01T08:00Z&to=2026-11-01T10:00Z",
  "/alerts",
  "/alerts?show=resolved&query=nothing+matches",
  "/alerts/{alert}",
  "/alerts/00000000-0000-0000-0000-000000000000",
  "/alerts/rules",
  "/alerts/rules/new",
  "/alerts/rules/new?source=metric",
  "/alerts/rules/{rule}",
  "/alerts/rules/{rule}/edit",
  "/alerts/channels",
  "/alerts/channels/new",
  "/alerts/channels/new?type=webhook",
  "/alerts/channels/{channel}/edit",
  "/alerts/silences",
  "/alerts/silences/new?matchers=check%3Ddatabase",
  "/alerts/maintenance",
  "/alerts/maintenance/new",
  "/alerts/maintenance/{window}/edit",
  "/incidents/{incident}/postmortem",
  "/incidents/{incident}/postmortem?audience=public",
  "/incidents/{incident}/postmortem/edit",
  "/incidents/actions",
  "/incidents/actions?show=done",
  "/incidents/figures",
  "/incidents/figures?months=24&timezone=Europe%2FBerlin",
  "/incidents",
  "/incidents?status=all",
  "/incidents?query=nothing+matches",
  "/incidents/new",
  "/incidents/new?check={check}",
  "/incidents/{incident}",
  "/incidents/{incident}/edit",
  "/incidents/999999",
  "/errors",
  "/errors?query=level%3Anonsense&sort=events",
  "/errors?query=nothing+matches",
  "/errors/{error}",
  "/errors/00000000-0000-0000-0000-000000000000",
  "/errors/projects",
  "/errors/projects/new",
  "/errors/projects/{project}",
  "/logs",
  "/logs?query=nothing+matches&level=error",
  "/logs?query=service%3Atarget&around={now}",
  "/settings",
  "/settings/account",
  "/settings/users",
  "/settings/users/new",
  "/settings/users/{user}",
  "/settings/tokens",
  "/settings/tokens/new",
  "/settings/audit",
  "/settings/status-page",
  "/settings/status-page/components/new",
  "/settings/status-page/components/{component}/edit",
  "/no-such-page",
];

const WIDTHS = [1440, 390];
const SCHEMES = ["light", "dark"] as const;
/** So many pages are looked at side by side: while one waits to become quiet, axe works in the other. */
const LANES = 3;

/** Opens a page once and has axe look at it in both themes. @returns what it finds, and what is wider than the screen */
async function examine(page: Page, path: string): Promise<string[]> {
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForLoadState("networkidle").catch(() => undefined);
  // In the page itself axe takes half the time of its usual way by a second, blank page, which only frames need.
  expect(page.frames()).toHaveLength(1);
  const found: string[] = [];
  for (const colorScheme of SCHEMES) {
    // Without motion nothing is half-way between two themes.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
    const { violations } = await axe.analyze();
    for (const { id, nodes } of violations)
      found.push(`${colorScheme}: ${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return overflow > 0 ? [...found, `is ${overflow} px wider than the screen`] : found;
}

test("every page has its line", () => {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" }).map((file) => file.replaceAll("\\", "/"));
  const routes = files.flatMap((file) => /^(.*?)\/?page\.tsx$/.exec(file)?.[1] ?? []);
  const paths = routes.map((route) =>
    route
      .split("/")
      .filter((part) => !part.startsWith("("))
      .map((part) => (part.startsWith("[") ? "{}" : part))
      .join("/"),
  );
  const lines = new Set(
    [...PAGES, "/sign-in"].map((line) =>
      line
        .slice(1)
        .replace(/\?.*/, "")
        .replaceAll(/\{\w+\}/g, "{}"),
    ),
  );
  expect(paths.filter((path) => !lines.has(path))).toEqual([]);
});

for (const width of WIDTHS) {
  test(`axe finds nothing on any page, light and dark, ${width} px`, async ({ adminPage, sql }) => {
    test.setTimeout(480_000);
    const { rows } = await sql.query<{ id: string }>("SELECT id FROM health_checks WHERE key = 'database'");
    const target = await makeTarget(sql, { linked: true });
    await fillIncident(sql, target);
    const now = new Date().toISOString();
    await sql.query(
      `INSERT INTO log_lines (at, received_at, project_id, severity, service, message, attributes, trace_id)
       SELECT $1::timestamptz - n * interval '1 s', $1, $2, 1 + n % 24, 'target', repeat('a long line of a log ', n), '{"host.name":"web-1"}', md5($1::text)
       FROM generate_series(-3, 30) n`,
      [now, target.projectId],
    );
    const ids: Record<string, string> = {
      check: rows[0]?.id ?? "",
      alert: target.alertId,
      rule: target.ruleId,
      channel: target.channelId,
      window: target.windowId,
      user: target.userId,
      incident: String(target.incidentNumber),
      component: target.componentId,
      error: target.errorId,
      project: target.projectId,
      now,
    };
    const rest = PAGES.toReversed();
    const found: string[] = [];
    const walk = async () => {
      const page = await adminPage.context().newPage();
      await page.setViewportSize({ width, height: 900 });
      for (let path = rest.pop(); path !== undefined; path = rest.pop()) {
        const address = path.replaceAll(/\{(\w+)\}/g, (_, kind: string) => ids[kind] ?? "");
        for (const line of await examine(page, address)) found.push(`${path}: ${line}`);
      }
    };
    await Promise.all(Array.from({ length: LANES }, walk));
    expect(found).toEqual([]);
    await sql.query("DELETE FROM log_lines WHERE service = 'target'");
    await removeTargets(sql);
  });
}

test("axe finds nothing on the sign-in page, light and dark, wide and narrow", async ({ browser, product }) => {
  for (const width of WIDTHS) {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    expect(await examine(page, `${product.url}/sign-in`)).toEqual([]);
    await page.context().close();
  }
});
