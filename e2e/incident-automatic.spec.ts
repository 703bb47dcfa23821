import { z } from "zod";
import { expect, test } from "./fixtures";
import { startMonitoredServer } from "./monitored-server";

const story = z.object({
  id: z.string(),
  title: z.string(),
  status: z.string(),
  severity: z.string(),
  resolvedAt: z.string().nullable(),
  causes: z.array(z.object({ title: z.string(), reason: z.string() })),
  checks: z.array(z.object({ label: z.string() })),
  timeline: z.array(z.object({ source: z.string(), message: z.string() })),
});
const listed = z.object({ items: z.array(z.object({ id: z.string() })) });

test("a parent and five checks that depend on it are down after a deploy: one incident opens, names both, and ends by itself", async ({
  product,
  makeCheck,
  token,
  sql,
  viewerPage: page,
}) => {
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${product.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true);
    return JSON.parse((await response.text()) || "null");
  };
  // What the specs before made fail a moment ago would be taken for the same outage.
  await sql.query("DELETE FROM alerts");
  await sql.query("DELETE FROM incidents");
  const servers = [await startMonitoredServer(), await startMonitoredServer()];
  const [database, web] = servers;
  const slow = { type: "http", intervalSeconds: 86_400, timeoutSeconds: 2 };
  const parent = await makeCheck({
    ...slow,
    key: "target-database",
    label: "target-database",
    config: { url: database?.url },
  });
  const children: string[] = [];
  for (const name of ["shop", "cart", "search", "accounts", "reports"])
    children.push(
      await makeCheck({
        ...slow,
        label: `target-${name}`,
        config: { url: `${web?.url}${name}` },
        dependsOn: ["target-database"],
      }),
    );
  const runAll = async () => {
    for (const id of [parent, ...children]) await call("POST", `/api/v1/checks/${id}/run`);
  };
  const incidents = async (status: string) =>
    listed.parse(await call("GET", `/api/v1/incidents?check=${parent}&status=${status}`)).items;
  await runAll();
  await call("POST", "/api/v1/deploys", {
    service: "target-shop",
    version: "2.4.1",
    url: "https://releases.example.org/target-shop/2.4.1",
    at: new Date(Date.now() - 30_000).toISOString(),
  });

  for (const server of servers) await server.stop();
  await runAll();
  await expect.poll(async () => (await incidents("open")).length).toBe(1);
  const [{ id } = { id: "" }] = await incidents("open");
  const read = async () => story.parse(await call("GET", `/api/v1/incidents/${id}`));
  await expect.poll(async () => (await read()).checks.length).toBe(6);
  const during = await read();
  expect(during).toMatchObject({
    title: expect.stringMatching(/^target-database: .*refused/),
    severity: "critical",
    status: "investigating",
  });
  expect(during.causes.slice(0, 2)).toEqual([
    expect.objectContaining({
      title: "target-database",
      reason: expect.stringMatching(/^5 of the failing checks depend on it, and it failed first/),
    }),
    expect.objectContaining({
      title: "target-shop 2.4.1",
      reason: expect.stringMatching(/^Deployed 3\d s before the first failure, and target-\w+ fails/),
    }),
  ]);
  const { rows: effects } = await sql.query(
    "SELECT subject FROM alerts a WHERE incident_id = $1 AND parent_id = (SELECT id FROM alerts p WHERE p.check_id = $2 AND state = 'firing')",
    [id, parent],
  );
  expect(effects).toHaveLength(5);

  // The deploy and the incident are marks of every chart, and lead to what they mark: by the pointer, and from the table.
  await page.goto("/?range=1h");
  const chart = page.getByRole("figure").filter({ has: page.getByRole("heading", { name: "CPU" }) });
  await chart.getByText("Table").click();
  const release = chart.getByRole("cell").getByRole("link", { name: "Deploy: target-shop 2.4.1" }).first();
  await expect(release).toHaveAttribute("href", "https://releases.example.org/target-shop/2.4.1");
  await chart.getByTitle(/^INC-\d+ target-database/).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^target-database: .*refused/);

  const again = [await startMonitoredServer(database?.port), await startMonitoredServer(web?.port)];
  await runAll();
  await expect.poll(async () => (await read()).status).toBe("monitoring");
  // A quarter of an hour of quiet is made to have passed; a check that flips has incidents looked at.
  await sql.query("UPDATE incidents SET quiet_since = quiet_since - interval '15 minutes' WHERE id = $1", [id]);
  await call(
    "POST",
    `/api/v1/checks/${await makeCheck({ ...slow, label: "target-calm", config: { url: web?.url } })}/run`,
  );
  await expect.poll(async () => (await read()).status).toBe("resolved");
  const over = await read();
  expect(over.resolvedAt).not.toBeNull();
  const told = over.timeline.map(({ source, message }) => `${source}: ${message}`);
  for (const line of [
    /^deploys: target-shop 2\.4\.1 was deployed/,
    /^automatic: Opened by the alert target-database/,
    /^automatic: target-cart joined: an effect of target-database\.$/,
    /^check-flips: target-cart went from failed to ok/,
    /^automatic: Went from monitoring to resolved: it has been quiet for 15 min\.$/,
  ])
    expect(told).toContainEqual(expect.stringMatching(line));
  for (const server of again) await server.stop();
  await sql.query("DELETE FROM incidents WHERE id = $1", [id]);
  await sql.query("DELETE FROM deploys WHERE service = 'target-shop'");
  await sql.query("DELETE FROM alerts WHERE subject LIKE 'target-%'");
});
