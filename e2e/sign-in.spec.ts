import { expect, test } from "./fixtures";
import { fillSignIn, makePerson } from "./people";

test.use({ baseURL: async ({ product }, use) => use(product.url) });

const REFUSAL = "The email or the password is not right.";

test("a wrong password is said without telling whether the account exists; the email stays, the password does not", async ({
  page,
  product,
  token,
}) => {
  const person = await makePerson(product, token);
  for (const email of [person.email, "nobody@example.org"]) {
    await page.goto("/sign-in");
    await fillSignIn(page, { email, password: "not the password" });
    await expect(page.getByRole("alert").filter({ hasText: REFUSAL })).toBeVisible();
    await expect(page.getByLabel("Email")).toHaveValue(email);
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  }
  await page.goto("/");
  await expect(page).toHaveURL("/sign-in");
});

test("who was sent to the sign-in comes back to where they wanted; signed out, nothing is shown any more", async ({
  page,
  product,
  token,
}) => {
  const person = await makePerson(product, token);
  await page.goto("/checks?sort=label");
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
  await fillSignIn(page, person);
  await expect(page).toHaveURL("/checks?sort=label");
  await expect(page.getByRole("link", { name: "Database" })).toBeVisible();

  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/sign-in");
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Database" })).toHaveCount(0);
  await page.goto("/checks");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("the address to come back to never leads to another site", async ({ page, product, token }) => {
  const person = await makePerson(product, token);
  await page.goto("/sign-in?callbackUrl=https%3A%2F%2Fevil.example%2F");
  await fillSignIn(page, person);
  await expect(page).toHaveURL(`${product.url}/`);
});

test("a changed password ends the other browsers' sessions, not the one that changed it", async ({
  page,
  browser,
  product,
  token,
}) => {
  const person = await makePerson(product, token);
  const elsewhere = await browser.newContext({ baseURL: product.url });
  const other = await elsewhere.newPage();
  for (const one of [page, other]) {
    await one.goto("/sign-in");
    await fillSignIn(one, person);
    await expect(one).toHaveURL("/");
  }
  await page.goto("/settings/account");
  const form = page.getByRole("form", { name: "Change password" });
  await form.getByLabel("Current password").fill("not the password");
  await form.getByLabel("New password").fill("a better password");
  await form.getByLabel("New password").press("Enter");
  await expect(form.getByLabel("Current password")).toHaveAccessibleDescription("is not the current password");
  await form.getByLabel("Current password").fill(person.password);
  await form.getByLabel("New password").fill("too short");
  await form.getByLabel("New password").press("Enter");
  await expect(form.getByLabel("New password")).toHaveAccessibleDescription(/must have at least 12 characters/);
  await form.getByLabel("Current password").fill(person.password);
  await form.getByLabel("New password").fill("a better password");
  await form.getByLabel("New password").press("Enter");
  await expect(form.getByText("The password is changed. Other browsers are signed out.")).toBeVisible();

  await page.goto("/checks");
  await expect(page.getByRole("link", { name: "Database" })).toBeVisible();
  await other.goto("/checks");
  await expect(other).toHaveURL(/\/sign-in/);
  await fillSignIn(other, person);
  await expect(other.getByText(REFUSAL)).toBeVisible();
  await fillSignIn(other, { ...person, password: "a better password" });
  await expect(other).toHaveURL("/checks");
  await elsewhere.close();
});
