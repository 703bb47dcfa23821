import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures";

/** Every page there is; `{check}` stands for the id of a check. A page added without a line here fails the last test. */
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
  "/settings",
  "/settings/users",
  "/settings/tokens",
  "/no-such-page",
];

for (const theme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing on any page, ${theme}, ${width} px`, async ({ adminPage: page, sql }) => {
      test.setTimeout(240_000);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 900 });
      const { rows } = await sql.query<{ id: string }>("SELECT id FROM health_checks WHERE key = 'database'");
      for (const path of PAGES) {
        await page.goto(path.replace("{check}", rows[0]?.id ?? ""));
        await page.getByRole("heading", { level: 1 }).first().waitFor();
        await page.waitForLoadState("networkidle").catch(() => undefined);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map((v) => `${path}: ${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`)).toEqual(
          [],
        );
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, `${path} is wider than ${width} px`).toBeLessThanOrEqual(0);
      }
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
