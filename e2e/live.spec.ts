import { createServer, type Server } from "node:http";
import { expect, test } from "./fixtures";

const INTERVAL_SECONDS = 10;

function listen(port = 0): Promise<{ server: Server; port: number }> {
  return new Promise((done, fail) => {
    const server = createServer((_request, response) => response.end("fine"));
    server.once("error", fail);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      done({ server, port: address && typeof address === "object" ? address.port : 0 });
    });
  });
}

const close = (server: Server) =>
  new Promise((done) => {
    server.close(done);
    server.closeAllConnections();
  });

test("a monitored server that stops turns its card red with the cause, and green again, without a reload", async ({
  adminPage: page,
  product,
  sql,
}) => {
  test.setTimeout(120_000);
  const monitored = await listen();
  const token = await createToken(product);
  const created = await fetch(`${product.url}/api/v1/checks`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({
      type: "http",
      label: "Shop front",
      config: { url: `http://127.0.0.1:${monitored.port}/` },
      intervalSeconds: INTERVAL_SECONDS,
    }),
  });
  expect(created.status).toBe(201);
  await page.goto("/");
  const card = page.getByRole("article").filter({ has: page.getByRole("link", { name: "Shop front" }) });
  const within = { timeout: (INTERVAL_SECONDS + 10) * 1000 };
  await expect(card).toContainText("Passing", within);
  const navigations = await page.evaluate(
    () => performance.getEntriesByType("navigation").length + performance.timeOrigin,
  );

  await close(monitored.server);
  await expect(card).toContainText("Failing", within);
  await expect(card).toContainText("refused");
  await expect(page).toHaveTitle(/failing/i);

  const again = await listen(monitored.port);
  await expect(card).toContainText("Passing", within);
  expect(await page.evaluate(() => performance.getEntriesByType("navigation").length + performance.timeOrigin)).toBe(
    navigations,
  );
  await close(again.server);
  await sql.query("DELETE FROM health_checks WHERE label = 'Shop front'");
});

async function createToken(product: { databaseUrl: string; dataDir: string }): Promise<string> {
  const { execFile } = await import("node:child_process");
  const { promisify } = await import("node:util");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [".build/cli.js", "token-create", "--name", "e2e", "--scope", "admin"],
    { env: { ...process.env, DATABASE_URL: product.databaseUrl, DATA_DIR: product.dataDir } },
  );
  return stdout.trim();
}
