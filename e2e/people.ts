import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import type { SharedProduct } from "./shared";

export interface Person {
  email: string;
  password: string;
}

/** A user of one test, made by the API. */
export async function makePerson(product: SharedProduct, token: string): Promise<Person> {
  const secret = randomBytes(8).toString("hex");
  const person = { email: `person-${secret}@example.org`, password: `pass-${secret}` };
  const response = await fetch(`${product.url}/api/v1/users`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ ...person, role: "viewer" }),
  });
  if (response.status !== 201) throw new Error(`no user was made: ${await response.text()}`);
  return person;
}

/** Fills in the sign-in form that is shown, and sends it by Enter. */
export async function fillSignIn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Password", { exact: true }).press("Enter");
}
