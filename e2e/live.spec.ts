import { expect, test } from "./fixtures";
import { startMonitoredServer } from "./monitored-server";

const INTERVAL_SECONDS = 10;

test("a monitored server that stops turns its card red with the cause, and green again, without a reload", async ({
  adminPage: page,
  makeCheck,
}) => {
  test.setTimeout(120_000);
  const monitored = await startMonitoredServer();
  await makeCheck({
    type: "http",
    label: "Shop front",
    config: { url: monitored.url },
    intervalSeconds: INTERVAL_SECONDS,
  });
  await page.goto("/");
  const card = page.getByRole("article").filter({ has: page.getByRole("link", { name: "Shop front" }) });
  const within = { timeout: (INTERVAL_SECONDS + 10) * 1000 };
  await expect(card).toContainText("Passing", within);
  const loadedAt = await page.evaluate(() => performance.timeOrigin);

  await monitored.stop();
  await expect(card).toContainText("Failing", within);
  await expect(card).toContainText("refused");
  await expect(page).toHaveTitle(/failing/i);

  const again = await startMonitoredServer(monitored.port);
  await expect(card).toContainText("Passing", within);
  expect(await page.evaluate(() => performance.timeOrigin), "the page was not loaded again").toBe(loadedAt);
  await again.stop();
});
