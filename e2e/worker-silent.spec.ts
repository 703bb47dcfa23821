import { expect, test } from "./fixtures";

test("a silent worker is said within 2 minutes: nothing is shown as passing, readiness is 503; it comes back", async ({
  viewerPage: page,
  product,
  sql,
}) => {
  test.setTimeout(240_000);
  const cards = page.getByRole("article");
  await page.goto("/");
  await expect(cards.filter({ hasText: "Passing" }).first()).toBeVisible();
  const { rows } = await sql.query<{ pid: number }>("SELECT pid FROM workers ORDER BY last_seen_at DESC LIMIT 1");
  const pid = rows[0]?.pid ?? 0;
  expect(pid).toBeGreaterThan(1);
  process.kill(pid, "SIGSTOP");
  try {
    await expect(page.getByText(/no worker has reported/i).first()).toBeVisible({ timeout: 120_000 });
    await expect(cards.filter({ hasText: "Stale" }).first()).toBeVisible();
    await expect(cards.filter({ hasText: "Passing" })).toHaveCount(0);
    const ready = await fetch(`${product.url}/api/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.text()).toMatch(/worker/i);
    expect((await fetch(`${product.url}/api/live`)).status).toBe(200);
  } finally {
    process.kill(pid, "SIGCONT");
  }
  await expect(cards.filter({ hasText: "Passing" }).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/no worker has reported/i)).toHaveCount(0);
});
