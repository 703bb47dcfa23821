import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures";
import { fillIncident, makeTarget, removeTargets } from "./stored-rows";

/** Every page there is; `{check}` and the like stand for the id of one. A page added without a line here fails the last test. */
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
  "/incidents",
  "/incidents?status=all",
  "/incidents?query=nothing+matches",
  "/incidents/new",
  "/incidents/new?check={check}",
  "/incidents/{incident}",
  "/incidents/{incident}/edit",
  "/incidents/999999",
  "/settings",
  "/settings/users",
  "/settings/tokens",
  "/no-such-page",
];

for (const theme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing on any page, ${theme}, ${width} px`, async ({ adminPage: page, sql }) => {
      test.setTimeout(480_000);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 900 });
      const { rows } = await sql.query<{ id: string }>("SELECT id FROM health_checks WHERE key = 'database'");
      const target = await makeTarget(sql, { linked: true });
      await fillIncident(sql, target);
      const ids: Record<string, string> = {
        check: rows[0]?.id ?? "",
        alert: target.alertId,
        incident: String(target.incidentNumber),
        rule: target.ruleId,
        channel: target.channelId,
        window: target.windowId,
      };
      for (const path of PAGES) {
        await page.goto(path.replaceAll(/\{(\w+)\}/g, (_, kind: string) => ids[kind] ?? ""));
        await page.getByRole("heading", { level: 1 }).first().waitFor();
        await page.waitForLoadState("networkidle").catch(() => undefined);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map((v) => `${path}: ${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`)).toEqual(
          [],
        );
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, `${path} is wider than ${width} px`).toBeLessThanOrEqual(0);
      }
      await removeTargets(sql);
    });
  }
}

test("axe finds nothing on the sign-in page, light and dark, wide and narrow", async ({ browser, product }) => {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1440, 390]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
      const page = await context.newPage();
      await page.goto(`${product.url}/sign-in`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((v) => v.id)).toEqual([]);
      await context.close();
    }
  }
});
