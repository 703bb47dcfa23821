import { createServer } from "node:http";
import { build } from "esbuild";

/** A web shop of another origin whose pages report by @sentry/browser, and break when somebody pays. */
export interface Shop {
  url: string;
  stop: () => Promise<void>;
}

const PAGE = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,"></head>
  <body>
    <button id="pay">Pay</button>
    <button id="forget">Forget</button>
    <script src="/sentry.js"></script>
    <script src="/shop.js"></script>
  </body>
</html>`;

const SCRIPT = `
class PaymentError extends Error { name = "PaymentError"; }
function charge(order) {
  try { null.limit; } catch (cause) { throw new PaymentError("card of order " + order + " was refused", { cause }); }
}
function pay(order) { charge(order); }
async function forget() { throw new RangeError("nobody waits for this"); }
document.getElementById("pay").addEventListener("click", () => pay(7));
document.getElementById("forget").addEventListener("click", () => void forget());
Sentry.setUser({ id: "7", email: "ada@example.com" });
Sentry.setTag("plan", "pro");
Sentry.addBreadcrumb({ category: "cart", message: "looked into the cart", data: { items: 3 } });
`;

/** @param setUp the lines that the project's page tells people to copy */
export async function startShop(setUp: string): Promise<Shop> {
  const { outputFiles } = await build({
    stdin: { contents: `${setUp}\nglobalThis.Sentry = Sentry;`, resolveDir: process.cwd() },
    bundle: true,
    format: "iife",
    write: false,
  });
  const answers: Readonly<Record<string, readonly [type: string, body: string]>> = {
    "/": ["text/html", PAGE],
    "/shop.js": ["text/javascript", SCRIPT],
    "/sentry.js": ["text/javascript", outputFiles[0]?.text ?? ""],
  };
  const server = createServer((request, response) => {
    const [type, body] = answers[request.url ?? ""] ?? [];
    if (type === undefined) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": type }).end(body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}
