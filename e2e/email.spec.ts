import { execFile } from "node:child_process";
import { promisify } from "node:util";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

let html: string;
test.beforeAll(async () => {
  const arguments_ = ["--import", "tsx", "e2e/make-email.ts"];
  html = (await promisify(execFile)(process.execPath, arguments_, { maxBuffer: 1e7 })).stdout;
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`an alert's email is readable on a phone, ${colorScheme}: contrast, names, no sideways scrolling`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 390, height: 800 } });
    const page = await context.newPage();
    await page.setContent(html);
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa"]).analyze();
    expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(", ")}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    // No light ground is left around dark cards: the page is one.
    const ground = await page.evaluate(() => {
      const cells = [document.body, ...document.querySelectorAll("body > table > tbody > tr > td")];
      return [...new Set(cells.map((cell) => getComputedStyle(cell).backgroundColor))];
    });
    expect(ground).toHaveLength(1);
    await context.close();
  });
}
