import { deflateSync } from "node:zlib";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { cardOf, type ErrorProject, makeErrorProject, removeErrorProject, sendLogs } from "./error-projects";
import { expect, test } from "./fixtures";
import { runNodeShop } from "./node-shop";

/** What programs sent, as people see it. */
let project: ErrorProject;

test.beforeAll(async ({ product, token }) => {
  project = await makeErrorProject(product, token);
  const output = await runNodeShop(project.dsn);
  expect(output.split("\n").filter((line) => /Sentry Logger \[(warn|error)\]/.test(line))).toEqual([]);
  await sendLogs(
    product,
    project,
    { message: "charging the card", level: "info", service: "shop", "host.name": "web-1" },
    { message: "another machine", level: "info", service: "shop", "host.name": "web-2" },
  );
});
test.afterAll(async ({ sql }) => removeErrorProject(sql, project.id));

const CALLS = { name: "Calls, the latest first" };

test("an exception of Node.js with its cause: calls in their order, source, and all that was sent besides", async ({
  viewerPage: page,
}) => {
  await page.goto(`/errors?project=${project.id}`);
  const row = page.getByRole("list", { name: "Errors" }).getByRole("listitem").filter({ hasText: "OrderError" });
  await expect(row).toContainText("order 3 failed");
  await expect(row).toContainText(/shop\.js in placeOrder/);
  await row.getByRole("link", { name: "OrderError" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("OrderError");
  const caught = cardOf(page, "Stack trace");
  await expect(caught).toContainText("OrderError: order 3 failed");
  const calls = caught.getByRole("list", CALLS).locator("> li");
  await expect(calls.nth(0)).toContainText("placeOrder");
  await expect(calls.nth(0).getByLabel("Source")).toContainText("throw new OrderError");
  await expect(calls.nth(1)).toContainText(/^Server\./);
  await expect(calls.nth(1).getByLabel("Source")).toBeHidden();
  await calls.nth(1).locator("summary").click();
  await expect(calls.nth(1).getByLabel("Source")).toContainText("placeOrder(Number(");
  const libraries = calls.filter({ hasText: /more calls? in libraries/ }).first();
  await expect(libraries.getByText("node:events").last()).toBeHidden();
  await libraries.locator("> details > summary").click();
  await expect(libraries.getByText("node:events").last()).toBeVisible();

  const cause = cardOf(page, "Caused by");
  await expect(cause).toContainText("TypeError: Cannot read properties of null (reading 'limit')");
  await expect(cause.getByRole("list", CALLS).locator("> li").first().getByLabel("Source")).toContainText("card.limit");

  const breadcrumbs = page.getByRole("list", { name: "Breadcrumbs" }).getByRole("listitem");
  await expect(breadcrumbs.filter({ hasText: "added an item" })).toContainText('{"sku":"x1"}');
  await expect(breadcrumbs.last()).toContainText("stock warning");
  await expect(cardOf(page, "Tags of this event").getByRole("link", { name: "plan pro" })).toBeVisible();
  const request = cardOf(page, "Request");
  await expect(request).toContainText(/GET http:\/\/127\.0\.0\.1:\d+\/orders\/3/);
  await expect(request).toContainText("?coupon");
  await expect(request).toContainText("spring");
  await expect(cardOf(page, "User")).toContainText("ada@example.com");
  await expect(cardOf(page, "Event")).toContainText("shop@1.4.0");
  await expect(cardOf(page, "Event")).toContainText("web-1");
  await expect(cardOf(page, "Contexts").getByRole("heading", { name: "Order" })).toBeVisible();
  await expect(cardOf(page, "Contexts")).toContainText(process.version);
  await expect(cardOf(page, "Extra")).toContainText('{"of":3,"number":2}');

  await page.getByText("The event as JSON", { exact: true }).click();
  const json = page.getByLabel("The event as JSON", { exact: true });
  expect(JSON.parse((await json.textContent()) ?? "")).toMatchObject({
    release: "shop@1.4.0",
    environment: "production",
    level: "error",
    exceptions: [{ type: "TypeError" }, { type: "OrderError" }],
  });
});

test("from one event to the one before, and back", async ({ viewerPage: page }) => {
  await page.goto(`/errors?project=${project.id}&query=OrderError`);
  await page.getByRole("link", { name: "OrderError" }).click();
  const value = cardOf(page, "Stack trace");
  const older = page.getByRole("link", { name: "Older" });
  const newer = page.getByRole("link", { name: "Newer" });
  await expect(value).toContainText("order 3 failed");
  await expect(newer).toHaveCount(0);
  await older.click();
  await expect(value).toContainText("order 2 failed");
  await older.click();
  await expect(value).toContainText("order 1 failed");
  await expect(older).toHaveCount(0);
  await newer.click();
  await expect(value).toContainText("order 2 failed");
});

test("from an event to the logs of its host at its time, and on to all of them", async ({ viewerPage: page }) => {
  await page.goto(`/errors?project=${project.id}&query=OrderError`);
  await page.getByRole("link", { name: "OrderError" }).click();
  const logs = cardOf(page, "Logs around it");
  await expect(logs).toContainText("Of the same host and time.");
  await expect(logs).toContainText("charging the card");
  await expect(logs).toContainText("The error");
  await expect(logs).not.toContainText("another machine");
  await logs.getByRole("link", { name: "Open in Logs" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Logs");
  await expect(page.getByRole("searchbox")).toHaveValue('host.name:"web-1"');
  const lines = page.getByRole("listitem");
  await expect(lines.filter({ hasText: "charging the card" })).toHaveCount(1);
  await expect(lines.filter({ hasText: "The error" })).toHaveCount(1);
  await expect(lines.filter({ hasText: "another machine" })).toHaveCount(0);
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(page).toHaveURL(/\/logs\?query=/);
});

test("a client of old on /store/: its message, its stack, its extra", async ({ viewerPage: page, product }) => {
  const event = {
    event_id: "fc6d8c0c43fc4630ad850ee518f1b9d0",
    timestamp: new Date().toISOString().slice(0, 19),
    platform: "python",
    logger: "root",
    server_name: "worker-3",
    culprit: "app.tasks in send_invoice",
    level: "error",
    exception: [
      {
        type: "KeyError",
        value: "'iban'",
        module: "exceptions",
        stacktrace: {
          frames: [
            { filename: "celery/app/trace.py", function: "trace_task", lineno: 240, in_app: false },
            {
              filename: "app/tasks.py",
              function: "send_invoice",
              lineno: 17,
              in_app: true,
              pre_context: ["def send_invoice(customer):"],
              context_line: "    pay_to = customer['iban']",
              post_context: ["    return pay_to"],
              vars: { customer: "{'name': 'Ada'}" },
            },
          ],
        },
      },
    ],
    extra: { "sys.argv": ["celery", "worker"] },
    tags: { queue: "invoices" },
    modules: { celery: "3.1.25" },
  };
  const answer = await fetch(`${product.url}/api/${project.id}/store/`, {
    method: "POST",
    headers: {
      "X-Sentry-Auth": `Sentry sentry_timestamp=1700000000, sentry_client=raven-python/6.10.0, sentry_version=6, sentry_key=${project.key}, sentry_secret=not-needed`,
      "Content-Type": "application/octet-stream",
    },
    body: deflateSync(Buffer.from(JSON.stringify(event))).toString("base64"),
  });
  expect([answer.status, await answer.json()]).toEqual([200, { id: event.event_id }]);

  await page.goto(`/errors?project=${project.id}&query=queue:invoices`);
  await page.getByRole("link", { name: "KeyError" }).click();
  const calls = cardOf(page, "Stack trace").getByRole("list", CALLS).locator("> li");
  await expect(calls.first()).toContainText("send_invoice app/tasks.py:17 (own code)");
  await expect(calls.first().getByLabel("Source")).toContainText("17    pay_to = customer['iban']");
  await expect(calls.first().getByLabel("Variables")).toContainText("{'name': 'Ada'}");
  await expect(calls.last()).toContainText("trace_task");
  await expect(cardOf(page, "Extra")).toContainText('["celery","worker"]');
});

test("OpenTelemetry logs: lines on the page of logs, an exception among them as an error", async ({
  viewerPage: page,
  product,
}) => {
  const exporter = new OTLPLogExporter({
    url: `${product.url}/api/otlp/v1/logs`,
    headers: { Authorization: `Bearer ${project.key}` },
  });
  const provider = new LoggerProvider({
    resource: resourceFromAttributes({ "service.name": "billing", "service.version": "2.0.1", "host.name": "web-9" }),
    processors: [new SimpleLogRecordProcessor({ exporter })],
  });
  const logger = provider.getLogger("billing");
  logger.emit({ severityNumber: 9, body: "billing began", attributes: { "run.id": "r-1" } });
  logger.emit({
    severityNumber: 17,
    body: "billing broke",
    attributes: {
      "exception.type": "LedgerError",
      "exception.message": "debit without credit",
      "exception.stacktrace":
        "LedgerError: debit without credit\n    at post (/srv/billing/ledger.js:12:9)\n    at main (/srv/billing/main.js:3:1)",
    },
  });
  await provider.shutdown();

  await page.goto("/logs?query=service%3Abilling");
  const line = page.getByRole("listitem").filter({ hasText: "billing began" });
  await expect(line).toBeVisible();
  await line.locator("summary").click();
  await expect(line).toContainText("run.id");
  await expect(page.getByRole("listitem").filter({ hasText: "billing broke" })).toContainText("error");

  await page.goto(`/errors?project=${project.id}&query=LedgerError`);
  await page.getByRole("link", { name: "LedgerError" }).click();
  const calls = cardOf(page, "Stack trace").getByRole("list", CALLS).locator("> li");
  await expect(calls.nth(0)).toContainText("post");
  await expect(calls.nth(1)).toContainText("main");
  await expect(cardOf(page, "Event")).toContainText("2.0.1");
  await expect(cardOf(page, "Logs around it")).toContainText("billing began");
});

test("an editor looks after an error, by keyboard alone", async ({ editorPage: page }) => {
  await page.goto(`/errors?project=${project.id}&query=OrderError`);
  await page.getByRole("link", { name: "OrderError" }).waitFor();
  // The keys work once the page's script is there.
  await expect(async () => {
    await page.locator("body").press("j");
    await expect(page.getByRole("link", { name: "OrderError" })).toBeFocused({ timeout: 200 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("OrderError");

  const comment = page.getByLabel("Your comment");
  await comment.focus();
  await page.keyboard.type("The card is gone when the session ends.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(cardOf(page, "Comments").getByRole("listitem")).toContainText("The card is gone when the session ends.");

  await page.getByLabel("Assigned to").focus();
  await page.keyboard.type("editor");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("definition").filter({ hasText: "editor" })).toBeVisible();

  await expect(page.getByLabel("How many more")).toBeHidden();
  await page.getByLabel("Ignored", { exact: false }).focus();
  await page.keyboard.type("until it comes");
  await page.keyboard.press("Tab");
  await page.keyboard.type("5");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("definition").filter({ hasText: "Ignored for 5 more events" })).toBeVisible();

  await page.getByRole("button", { name: "Ignore no longer" }).press("Enter");
  await expect(page.getByRole("definition").filter({ hasText: "Unresolved" })).toBeVisible();
  await page.getByLabel("Resolved", { exact: false }).focus();
  await page.keyboard.type("with the next");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("definition").filter({ hasText: "Resolved with the next release" })).toBeVisible();
});

test("the search: terms and words, what is wrong with them, and all there are", async ({ viewerPage: page }) => {
  const list = page.getByRole("list", { name: "Errors" });
  const search = page.getByRole("searchbox");
  await page.goto(
    `/errors?project=${project.id}&query=level%3Aerror+release%3Ashop@*+user.email%3Aada@example.com+order`,
  );
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await expect(list).toContainText("OrderError");
  await search.fill("level:loud");
  await expect(page.getByText(/level:loud .*must be one of level:debug/)).toBeVisible();
  await search.fill("");
  await expect(list).toContainText("OrderError");
  await expect(list).toContainText("KeyError");
  await expect(page).toHaveURL(/query=&|query=$/);
  await page.getByText("What can be searched").click();
  await expect(page.getByText("user.email:ada@example.com")).toBeVisible();
  await page.getByRole("link", { name: /^Unresolved/ }).click();
  await expect(search).toHaveValue("is:unresolved");
});

test("new lines of logs come by themselves, and not while somebody reads", async ({ viewerPage: page, product }) => {
  await page.goto(`/logs?project=${project.id}`);
  const lines = page.locator("ol > li");
  await expect(lines.filter({ hasText: "charging the card" })).toBeVisible();
  await sendLogs(product, project, { message: "the first new line", level: "warn" });
  await expect(lines.first()).toContainText("the first new line");

  await lines.nth(1).hover();
  await sendLogs(product, project, { message: "the second new line", level: "info" });
  const come = page.getByRole("button", { name: "1 new line" });
  await expect(come).toBeVisible();
  await expect(lines.first()).toContainText("the first new line");
  await come.click();
  await expect(lines.first()).toContainText("the second new line");
});

test("a program that sends logs alone reports too", async ({ viewerPage: page, product, token, sql }) => {
  const quiet = await makeErrorProject(product, token);
  await page.goto(`/errors/projects/${quiet.id}`);
  await expect(page.getByText("Waiting for the first event")).toBeVisible();
  await sendLogs(product, quiet, { message: "all is well", service: "quiet" });
  await expect(page.getByText("lines of its logs have come, and no error yet")).toBeVisible();
  await page.getByRole("link", { name: "Its logs" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "all is well" })).toBeVisible();
  await removeErrorProject(sql, quiet.id);
});

test("an admin has more taken out of a project, and deletes what is held of a user", async ({
  adminPage: page,
  product,
}) => {
  await page.goto(`/errors/projects/${project.id}`);
  const settings = page.getByRole("form", { name: "Settings" });
  await settings.getByLabel("E-mail addresses").check();
  await settings.getByLabel("More fields that are secret").fill("customer_note");
  await settings.getByRole("button", { name: "Save settings" }).click();
  await expect(settings).toContainText("Saved.");
  await sendLogs(product, project, {
    message: "mail to grace@example.com failed",
    service: "desk",
    attributes: { customer_note: "likes tea", "user.id": "user-815471" },
  });
  await page.goto("/logs?query=service%3Adesk");
  const line = page.getByRole("listitem").filter({ hasText: "mail to [Filtered] failed" });
  await line.locator("summary").click();
  await expect(line).toContainText("customer_note[Filtered]");

  await page.goto("/errors/projects");
  const form = page.getByRole("form", { name: "Delete a user’s data" });
  await form.getByLabel("The user’s id, e-mail address or name").fill("user-815471");
  await form.getByRole("button", { name: "Delete the data" }).click();
  await expect(form).toContainText("Deleted: 0 events and 1 line of logs.");
  await page.goto("/logs?query=service%3Adesk");
  await expect(page.getByText("No line fits")).toBeVisible();
});
