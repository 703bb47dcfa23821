import { performance } from "node:perf_hooks";
import { chromium } from "@playwright/test";
import { Pool } from "pg";
import { findChromium } from "../e2e/find-chromium";
import { startProduct } from "../e2e/product";
import { percentile, printFigures } from "./report";
import { signIn } from "./sign-in";

/** The list of 1,000 checks with a day of results in Chromium, cold: a new profile each time. */
const ROUNDS = 7;
const CHECKS = 1_000;

const found = await findChromium();
if (!found.found) throw new Error(found.reason);
const product = await startProduct();
const sql = new Pool({ connectionString: product.databaseUrl, max: 1 });
try {
  await sql.query(
    `INSERT INTO health_checks (key, type, label, config, interval_seconds, next_due_at, paused_at, status, status_since, last_result_at, last_result)
     SELECT 'bench-' || n, 'http', 'Service ' || lpad(n::text, 4, '0'), '{"url":"http://127.0.0.1:9/"}', 300, now() + interval '1 day', NULL,
       'ok', now() - interval '1 day', now(),
       jsonb_build_object('scheduledAt', now(), 'startedAt', now(), 'durationMs', 12, 'status', 'ok', 'shortSummary', '12 ms', 'message', '', 'meta', '{}'::jsonb)
     FROM generate_series(1, $1) n`,
    [CHECKS],
  );
  await sql.query(
    `INSERT INTO health_check_results (check_id, scheduled_at, started_at, duration_ms, status, state, short_summary, message, meta)
     SELECT c.id, at, at, 12, 'ok', 'ok', '12 ms', '', '{}' FROM health_checks c,
       generate_series(now() - interval '23 h', now() - interval '5 min', interval '5 min') at WHERE c.key LIKE 'bench-%'`,
  );
  await sql.query("VACUUM ANALYZE");
  const cookie = await signIn(product.url, product.users.viewer);
  // The server has been running, the browser has never been here.
  for (let visit = 0; visit < 3; visit++) await (await fetch(`${product.url}/checks`, { headers: { cookie } })).text();
  const browser = await chromium.launch({
    ...(found.path ? { executablePath: found.path } : {}),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const usable: number[] = [];
  const painted: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.addCookies(
      cookie.split("; ").map((pair) => ({
        name: pair.slice(0, pair.indexOf("=")),
        value: pair.slice(pair.indexOf("=") + 1),
        url: product.url,
      })),
    );
    const page = await context.newPage();
    const start = performance.now();
    await page.goto(`${product.url}/checks`, { waitUntil: "commit" });
    await page.getByRole("link", { name: "Service 0001" }).waitFor();
    painted.push(performance.now() - start);
    // Usable: what is typed is taken up by the page's own code.
    await page.getByRole("searchbox").fill("Service 0777");
    await page.getByRole("link", { name: "Service 0777" }).waitFor();
    usable.push(performance.now() - start);
    await context.close();
  }
  await browser.close();
  const met = printFigures(`The list of ${CHECKS} checks in Chromium, ${ROUNDS} cold loads`, [
    { what: "first rows are there, median", value: percentile(painted, 0.5), unit: "ms" },
    {
      what: "first rows are there, slowest",
      value: Math.max(...painted),
      unit: "ms",
      bound: { at: "most", value: 1_500 },
    },
    { what: "a search is answered (typed at once), median", value: percentile(usable, 0.5), unit: "ms" },
    {
      what: "a search is answered, slowest",
      value: Math.max(...usable),
      unit: "ms",
      bound: { at: "most", value: 1_500 },
    },
  ]);
  process.exitCode = met ? 0 : 1;
} finally {
  await sql.end();
  await product.stop();
}
