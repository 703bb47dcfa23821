import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROGRAM = `
const http = require("node:http");
const Sentry = require("@sentry/node");
Sentry.init({
  dsn: process.env.DSN, debug: true, release: "shop@1.4.0", environment: "production", serverName: "web-1", sendDefaultPii: true,
});

class OrderError extends Error { name = "OrderError"; }
function charge(order) {
  const card = null;
  return card.limit - order;
}
function placeOrder(order) {
  try {
    charge(order);
  } catch (cause) {
    throw new OrderError("order " + order + " failed", { cause });
  }
}
const server = http.createServer((request, response) => {
  Sentry.setUser({ id: "7", email: "ada@example.com", username: "ada" });
  Sentry.setTag("plan", "pro");
  Sentry.setContext("order", { items: 3, gift: false });
  Sentry.setExtra("attempt", { number: 2, of: 3 });
  Sentry.addBreadcrumb({ category: "cart", message: "added an item", level: "info", data: { sku: "x1" } });
  Sentry.addBreadcrumb({ category: "stock", message: "stock is low", level: "warning" });
  try {
    placeOrder(Number(request.url.split("?")[0].split("/").pop()));
  } catch (error) {
    Sentry.captureException(error);
  }
  response.end();
});
server.listen(0, "127.0.0.1", async () => {
  for (const order of [1, 2, 3])
    await fetch("http://127.0.0.1:" + server.address().port + "/orders/" + order + "?coupon=spring", {
      headers: { cookie: "theme=dark" },
    });
  await Sentry.flush(10_000);
  // Its timer for sessions would wait on.
  process.exit(0);
});
`;

/** A shop in Node.js with @sentry/node whose three orders fail, one after the other. @returns what it wrote */
export async function runNodeShop(dsn: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "watchkeeper-shop-"));
  const file = join(folder, "shop.js");
  await writeFile(file, PROGRAM);
  const env = { ...process.env, DSN: dsn, NODE_PATH: join(process.cwd(), "node_modules"), NODE_OPTIONS: "" };
  const output = await new Promise<string>((done, fail) => {
    execFile(process.execPath, [file], { env, timeout: 50_000 }, (error, stdout, stderr) =>
      error ? fail(error) : done(stdout + stderr),
    );
  });
  await rm(folder, { recursive: true, force: true });
  return output;
}
