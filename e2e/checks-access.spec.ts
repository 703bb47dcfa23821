import { expect, test } from "./fixtures";

const SECRETS = ["hunter2-in-url", "hunter2-in-header", "hunter2-in-query"];
const withSecrets = (label: string) => ({
  type: "http",
  label,
  config: {
    url: "http://probe:hunter2-in-url@127.0.0.1:9/?token=hunter2-in-query",
    headers: { Authorization: "Bearer hunter2-in-header" },
  },
  intervalSeconds: 3_600,
});

test("a check's secrets reach no browser: not in a page, not in what its script loads, and saving keeps them", async ({
  editorPage: page,
  makeCheck,
  sql,
}) => {
  const id = await makeCheck(withSecrets("Secret shop"));
  const bodies: Promise<string>[] = [];
  page.on("response", (response) => {
    if (/html|x-component|json/.test(response.headers()["content-type"] ?? ""))
      bodies.push(response.text().catch(() => ""));
  });
  const state = page.getByRole("region", { name: "State" });
  await page.goto(`/checks/${id}`);
  await expect(state).toContainText("Failing");
  await expect(state).toContainText("refused");
  await page.getByRole("link", { name: "Edit" }).click();
  const form = page.getByRole("form", { name: "Check", exact: true });
  await form.getByText("more settings").click();
  await expect(form.getByLabel("URL")).toHaveValue("http://probe:•••••@127.0.0.1:9/?token=•••••");
  await expect(form.getByLabel("Headers")).toHaveValue("Authorization: •••••");
  await form.getByLabel("Name", { exact: true }).fill("Secret shop, renamed");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Secret shop, renamed");
  await page.goto("/checks");
  await page.goto("/");

  const seen = (await Promise.all(bodies)).join("\n");
  expect(seen).toContain("Secret shop, renamed");
  expect(SECRETS.filter((secret) => seen.includes(secret))).toEqual([]);
  const { rows } = await sql.query<{ config: unknown }>("SELECT config FROM health_checks WHERE id = $1", [id]);
  expect(rows[0]?.config).toMatchObject(withSecrets("").config);
});

test("a stored password does not go to another host: it must be typed again", async ({
  editorPage: page,
  makeCheck,
}) => {
  const id = await makeCheck(withSecrets("Moved shop"));
  await page.goto(`/checks/${id}/edit`);
  const url = page.getByLabel("URL");
  await url.fill("http://probe:•••••@elsewhere.example/");
  await url.press("Enter");
  await expect(url).toHaveAccessibleDescription(/type the secret again/);
  await expect(url).toBeFocused();
});

test("a viewer sees checks, and nothing to change them by", async ({ viewerPage: page, makeCheck }) => {
  const id = await makeCheck(withSecrets("Viewed shop"));
  await page.goto("/checks");
  await expect(page.getByRole("link", { name: "Viewed shop" })).toBeVisible();
  await expect(page.getByRole("link", { name: "New check" })).toHaveCount(0);
  await page.goto(`/checks/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Viewed shop");
  await expect(page.getByRole("list", { name: "Results, newest first" })).toBeVisible();
  const main = page.getByRole("main");
  for (const name of ["Run now", "Pause", "Resume", "Edit", "Delete"]) {
    await expect(main.getByRole("button", { name })).toHaveCount(0);
    await expect(main.getByRole("link", { name })).toHaveCount(0);
  }
  await page.goto(`/checks/${id}/edit`);
  await expect(main.getByText("Changing a check needs the role editor.")).toBeVisible();
  await expect(main.getByRole("textbox")).toHaveCount(0);
  await page.goto("/checks/new?type=http");
  await expect(main.getByText("Making a check needs the role editor; yours is viewer.")).toBeVisible();
  await expect(main.getByRole("textbox")).toHaveCount(0);
});
