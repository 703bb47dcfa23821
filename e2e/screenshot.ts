import { chromium } from "@playwright/test";
import { signIn } from "../bench/sign-in";
import { findChromium } from "./find-chromium";
import { startProduct } from "./product";

/** Makes the README's picture: the overview of a real install with 30 days of demo data. */
const found = await findChromium();
if (!found.found) throw new Error(found.reason);
const product = await startProduct();
try {
  await product.cli("demo-seed");
  const cookie = await signIn(product.url, product.users.admin);
  const browser = await chromium.launch({
    ...(found.path ? { executablePath: found.path } : {}),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 2,
    extraHTTPHeaders: { cookie },
  });
  await page.goto(product.url, { waitUntil: "networkidle" });
  await page.screenshot({ path: "docs/overview.png" });
  await browser.close();
} finally {
  await product.stop();
}
