import { readFileSync } from "node:fs";
import { everywhere, lineWith, lineWithField, named } from "@/lib/testing/secret-events";
import { tablesWith } from "@/lib/testing/search-tables";
import { SECRET_FIELDS, SECRETS_IN_TEXT } from "@/lib/testing/secrets";
import { makeErrorProject, removeErrorProject, sendLogs } from "./error-projects";
import { expect, test } from "./fixtures";

/** Sixty secrets in all places of events and of logs, sent to the running product: what it keeps, writes and shows has none of them. */
test("no secret that was sent is in a table, in what the processes write, on a page or in an answer", async ({
  adminPage: page,
  product,
  sql,
  token,
}) => {
  test.setTimeout(180_000);
  const project = await makeErrorProject(product, token);
  const fields = SECRET_FIELDS.map((name, i) => [name, `s3cretvalue${i}x`] as const);
  const events = [
    ...SECRETS_IN_TEXT.map(([, text]) => everywhere(text)),
    ...fields.map(([name, value]) => named(name, value)),
  ];
  for (const event of events) {
    const answer = await fetch(`${product.url}/api/${project.id}/store/?sentry_key=${project.key}`, {
      method: "POST",
      body: JSON.stringify(event),
    });
    expect(answer.status).toBe(200);
  }
  await sendLogs(
    product,
    project,
    ...SECRETS_IN_TEXT.map(([, text]) => lineWith(text)),
    ...fields.map(([name, value]) => lineWithField(name, value)),
    { message: "a harmless needle", level: "info" },
  );
  const secrets = [...SECRETS_IN_TEXT.map(([, , secret]) => secret), ...fields.map(([, value]) => value)];

  const { rows } = await sql.query<{ group: string; event: string }>(
    `SELECT group_id AS "group", id AS event FROM error_events WHERE project_id = $1 ORDER BY occurred_at DESC`,
    [project.id],
  );
  expect(rows.length).toBeGreaterThanOrEqual(events.length);
  const paths = [
    `/errors?query=&project=${project.id}`,
    `/errors?query=&sort=first-seen&project=${project.id}`,
    `/logs?project=${project.id}`,
    `/errors/projects/${project.id}`,
    ...rows.flatMap(({ group, event }) => [`/errors/${group}?event=${event}`, `/api/v1/error-events/${event}`]),
  ];
  const shown: string[] = [];
  for (const path of paths) {
    const answer = await page.request.get(`${product.url}${path}`);
    expect(answer.status(), path).toBe(200);
    const text = await answer.text();
    for (const secret of secrets) if (holds(text, secret)) shown.push(`${path}: ${secret}`);
  }
  expect(shown).toEqual([]);
  const written = readFileSync(product.outputFile, "utf8");
  for (const secret of secrets) {
    expect(await tablesWith(sql, secret)).toEqual([]);
    expect(holds(written, secret), secret).toBe(false);
  }

  // What is searched in has what is no secret.
  expect(await (await page.request.get(`${product.url}/logs?project=${project.id}`)).text()).toContain(
    "a harmless needle",
  );
  expect(await tablesWith(sql, "a harmless needle")).not.toEqual([]);
  expect(written).toContain("Watchkeeper is ready");
  await removeErrorProject(sql, project.id);
});

/** As it is, or as HTML and JSON write it. */
function holds(text: string, secret: string): boolean {
  const html = secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  return [secret, html, JSON.stringify(secret).slice(1, -1)].some((form) => text.includes(form));
}
