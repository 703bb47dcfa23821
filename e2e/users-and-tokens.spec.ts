import { expect, test } from "./fixtures";
import { fillSignIn, makePerson } from "./people";

test("an admin makes a user, whose password is shown once and works", async ({ adminPage: page, browser, product }) => {
  const email = `made-${Date.now()}@example.org`;
  await page.goto("/settings/users");
  await page.getByRole("link", { name: "New user" }).click();
  const form = page.getByRole("form", { name: "New user" });
  await form.getByLabel("Email").fill("not an address");
  await form.getByLabel("Email").press("Enter");
  await expect(form.getByLabel("Email")).toHaveAttribute("aria-invalid", "true");
  await form.getByLabel("Email").fill(email);
  await form.getByLabel("Role").selectOption("editor");
  await form.getByRole("button", { name: "Create user" }).click();
  const password = await page.getByLabel("Password", { exact: true }).innerText();
  await page.getByRole("link", { name: "Back to the users" }).click();
  await expect(page.getByRole("row").filter({ hasText: email })).toContainText("editor");

  // What was shown once is gone, also from a page that the browser kept.
  await page.goBack();
  await expect(page.getByRole("form", { name: "New user" })).toBeVisible();
  await expect(page.getByText(password)).toHaveCount(0);
  const context = await browser.newContext({ baseURL: product.url });
  const theirs = await context.newPage();
  await theirs.goto("/checks");
  await fillSignIn(theirs, { email, password });
  await expect(theirs.getByRole("link", { name: "New check" })).toBeVisible();
  await context.close();
});

test("a disabled user's session ends, and the sign-in is refused", async ({
  adminPage: page,
  browser,
  product,
  token,
}) => {
  const person = await makePerson(product, token);
  const context = await browser.newContext({ baseURL: product.url });
  const theirs = await context.newPage();
  await theirs.goto("/sign-in");
  await fillSignIn(theirs, person);
  await expect(theirs).toHaveURL("/");

  await page.goto("/settings/users");
  await page.getByRole("row").filter({ hasText: person.email }).getByRole("link").click();
  await page.getByLabel("Disabled").check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByLabel("Disabled")).toBeChecked();

  await theirs.goto("/checks");
  await expect(theirs).toHaveURL(/\/sign-in/);
  await fillSignIn(theirs, person);
  await expect(theirs.getByText("The email or the password is not right.")).toBeVisible();
  await context.close();
});

test("an admin makes a token, which is shown once, works within its scope, and is refused once revoked", async ({
  adminPage: page,
  product,
}) => {
  const name = `Deploy script ${Date.now()}`;
  await page.goto("/settings/tokens");
  await page.getByRole("link", { name: "New token" }).click();
  const form = page.getByRole("form", { name: "New API token" });
  await form.getByLabel("Name").fill(name);
  await form.getByRole("button", { name: "Create token" }).click();
  await expect(form.getByRole("group", { name: "Scopes" })).toHaveAccessibleDescription("must name at least one scope");
  await expect(form.getByLabel("read")).toBeFocused();
  await expect(form.getByLabel("Name")).toHaveValue(name);
  await form.getByLabel("read").check();
  await form.getByRole("button", { name: "Create token" }).click();
  const token = await page.getByLabel("API token", { exact: true }).innerText();
  expect(token).toMatch(/^wk_\S{20,}$/);

  const call = (method: string) =>
    fetch(`${product.url}/api/v1/checks`, { method, headers: { authorization: `Bearer ${token}` } });
  expect((await call("GET")).status).toBe(200);
  expect((await call("POST")).status).toBe(403);

  await page.getByRole("link", { name: "Back to the tokens" }).click();
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText(token.slice(0, 9));
  await page.reload();
  await expect(row).toBeVisible();
  expect(await page.content()).not.toContain(token);

  // On a phone too what revokes it is in sight, and the frame has nothing to scroll to.
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(row.getByText(`Revoke ${name}`)).toBeInViewport({ ratio: 1 });
  const frame = page.getByRole("group", { name: "API tokens" });
  expect(await frame.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await row.getByText(`Revoke ${name}`).press("Enter");
  await row.getByRole("button", { name: "Revoke token" }).press("Enter");
  await expect(row).toContainText("Revoked");
  expect((await call("GET")).status).toBe(401);
});

test("the settings of users and tokens are an admin's alone", async ({ editorPage: page, product, sql }) => {
  const { rows } = await sql.query<{ id: string }>("SELECT id FROM users WHERE email = $1", [
    product.users.admin.email,
  ]);
  await page.goto("/settings");
  await expect(page).toHaveURL("/settings/account");
  await expect(page.getByRole("link", { name: "Users" })).toHaveCount(0);
  for (const path of ["users", "users/new", `users/${rows[0]?.id}`, "tokens", "tokens/new"]) {
    await page.goto(`/settings/${path}`);
    await expect(page.getByText("This page needs the role admin; yours is editor.")).toBeVisible();
    await expect(page.getByText(product.users.admin.email)).toHaveCount(0);
    await expect(page.getByRole("main").getByRole("textbox")).toHaveCount(0);
  }
});
