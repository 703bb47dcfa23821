import { randomUUID } from "node:crypto";
import type { Browser, Page } from "@playwright/test";
import { cardOf, removeErrorProject } from "./error-projects";
import { expect, test } from "./fixtures";
import { startShop } from "./shop";

/** Sentry's SDK for browsers in Chromium, from another origin, set up as the project's page says. */

/** Makes a project as a person does. @returns the lines to copy, and the project's number */
async function makeProject(page: Page): Promise<{ id: string; setUp: string }> {
  await page.goto("/errors/projects/new");
  await page.getByLabel("Name").fill(`shop-${randomUUID()}`);
  await page.getByLabel("Platform").selectOption({ label: "Browser" });
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByText("Waiting for the first event")).toBeVisible();
  const setUp = await page.getByLabel("Set up", { exact: true }).textContent();
  return { id: new URL(page.url()).pathname.split("/").at(-1) ?? "", setUp: setUp ?? "" };
}

/** A page of the shop as its customer has it, and all that its console and its requests complain of. */
async function visit(browser: Browser, url: string) {
  const visitor = await browser.newContext();
  const page = await visitor.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["warning", "error"].includes(message.type())) complaints.push(message.text());
  });
  page.on("requestfailed", (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.url()}: ${response.status()}`);
  });
  const preflights: string[] = [];
  const devTools = await visitor.newCDPSession(page);
  await devTools.send("Network.enable");
  devTools.on("Network.requestWillBeSent", ({ request }) => {
    if (request.method === "OPTIONS") preflights.push(new URL(request.url).pathname);
  });
  await page.goto(url);
  return { page, complaints, preflights, leave: () => visitor.close() };
}

test("a page of another origin reports, and who waits for the first event sees it come", async ({
  adminPage: page,
  browser,
  sql,
}) => {
  const { id, setUp } = await makeProject(page);
  const loadedAt = await page.evaluate(() => performance.timeOrigin);
  const shop = await startShop(setUp.replace("init({", "init({ debug: true,"));
  const customer = await visit(browser, shop.url);
  await customer.page.getByRole("button", { name: "Pay" }).click();

  const first = page.getByRole("link", { name: "PaymentError" });
  await expect(first).toBeVisible();
  await expect(page.getByText("Waiting for the first event")).toBeHidden();
  expect(await page.evaluate(() => performance.timeOrigin), "the page was not loaded again").toBe(loadedAt);

  await first.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("PaymentError");
  const caught = cardOf(page, "Stack trace");
  await expect(caught).toContainText("card of order 7 was refused");
  const calls = caught.getByRole("list", { name: "Calls, the latest first" }).getByRole("listitem");
  await expect(calls.nth(0)).toContainText(/^charge .*shop\.js:4/);
  await expect(calls.nth(1)).toContainText(/^pay .*shop\.js:6/);
  await expect(caught).toContainText("Nobody caught it");
  await expect(cardOf(page, "Caused by")).toContainText("TypeError: Cannot read properties of null");
  const breadcrumbs = page.getByRole("list", { name: "Breadcrumbs" });
  await expect(breadcrumbs).toContainText("looked into the cart");
  await expect(breadcrumbs.getByRole("listitem").last()).toContainText("button#pay");
  await expect(cardOf(page, "Tags of this event").getByRole("link", { name: "plan pro" })).toBeVisible();
  await expect(cardOf(page, "User")).toContainText("ada@example.com");
  await expect(cardOf(page, "Request")).toContainText(shop.url);
  await expect(cardOf(page, "Event")).toContainText("my-app@1.0.0");
  await expect(cardOf(page, "Event")).toContainText("sentry.javascript.browser");

  // A rejection that nobody handles comes too, into the list that somebody looks at.
  await page.goto(`/errors?project=${id}`);
  await expect(page.getByRole("list", { name: "Errors" }).getByRole("listitem")).toHaveCount(1);
  await customer.page.getByRole("button", { name: "Forget" }).click();
  await expect(page.getByRole("link", { name: "RangeError" })).toBeVisible();
  await page.getByRole("link", { name: "RangeError" }).click();
  await expect(cardOf(page, "Stack trace")).toContainText("nobody waits for this");
  await expect(cardOf(page, "Stack trace")).toContainText("Nobody caught it");

  expect(customer.complaints).toEqual([]);
  await customer.leave();
  await shop.stop();
  await removeErrorProject(sql, id);
});

test("a page that sends headers of its own asks first, and may", async ({ adminPage: page, browser, sql }) => {
  const { id, setUp } = await makeProject(page);
  const headers = `{ "X-Requested-With": "shop", "X-Sentry-Auth": "Sentry sentry_version=7" }`;
  const shop = await startShop(
    setUp.replace("init({", `init({ debug: true, transportOptions: { headers: ${headers} },`),
  );
  const customer = await visit(browser, shop.url);
  await customer.page.getByRole("button", { name: "Pay" }).click();
  await expect(page.getByRole("link", { name: "PaymentError" })).toBeVisible();
  expect(customer.preflights).toContain(`/api/${id}/envelope/`);
  expect(customer.complaints).toEqual([]);
  await customer.leave();
  await shop.stop();
  await removeErrorProject(sql, id);
});
