import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { expect, test } from "./fixtures";
import { statePath } from "./shared";
import { makeTarget, readStoredRows, removeTargets } from "./stored-rows";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

interface Line {
  file: string;
  address: string;
  /** What nobody gets, in the order of METHODS; a method that a handler takes up changes its number here. */
  statuses: [get: number, head: number, post: number, put: number, patch: number, del: number, options: number];
}

const OF_A_PAGE: Line["statuses"] = [307, 401, 405, 405, 405, 405, 204];

/** What nobody gets of each route handler. Which scope each endpoint of the API needs stands in lib/api/authorization.test.ts. */
const TABLE: Line[] = [
  { file: "api/[...path]/route.ts", address: "/api/nothing", statuses: [404, 404, 404, 404, 404, 404, 404] },
  { file: "api/[...path]/route.ts", address: "/api/v1/users", statuses: [401, 401, 401, 405, 405, 405, 204] },
  { file: "status/[[...path]]/route.ts", address: "/status", statuses: [200, 200, 405, 405, 405, 405, 204] },
  { file: "metrics/route.ts", address: "/metrics", statuses: [401, 401, 405, 405, 405, 405, 204] },
  // next-auth's own: the session of nobody is empty.
  {
    file: "api/auth/[...nextauth]/route.ts",
    address: "/api/auth/session",
    statuses: [200, 400, 400, 405, 405, 405, 204],
  },
  // A browser without a session is led to the sign-in page (proxy.ts); what gets past that is refused by the handler itself.
  { file: "(dashboard)/explore/data/route.ts", address: "/explore/data?q=cpu_usage", statuses: OF_A_PAGE },
  { file: "(dashboard)/explore/csv/route.ts", address: "/explore/csv?q=cpu_usage", statuses: OF_A_PAGE },
  {
    file: "(dashboard)/alerts/maintenance/preview/route.ts",
    address: "/alerts/maintenance/preview?recurrence=weekly",
    statuses: OF_A_PAGE,
  },
];

test.afterAll(({ sql }) => removeTargets(sql));

test("every route handler has its line", () => {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" });
  const handlers = files.filter((file) => /(^|[\\/])route\.[jt]sx?$/.test(file));
  expect(handlers.sort()).toEqual([...new Set(TABLE.map(({ file }) => join(file)))].sort());
});

for (const { address, statuses } of TABLE) {
  test(`what nobody gets of ${address}`, async ({ product }) => {
    const given = await Promise.all(
      METHODS.map(async (method) => {
        const response = await fetch(`${product.url}${address}`, { method, redirect: "manual" });
        return response.status;
      }),
    );
    expect(given).toEqual(statuses);
  });
}

test("a session that is none gets no data of a page, and no file", async ({ product }) => {
  for (const path of [
    "/explore/data?q=cpu_usage",
    "/explore/csv?q=cpu_usage",
    "/alerts/maintenance/preview?recurrence=once",
  ]) {
    const response = await fetch(`${product.url}${path}`, {
      headers: { cookie: "next-auth.session-token=nobodys" },
      redirect: "manual",
    });
    expect(response.status, path).toBe(401);
    expect(await response.text(), path).not.toContain("values");
  }
});

const operation = z.object({ security: z.array(z.unknown()).optional() });
const description = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) });

test("the running product refuses nobody, strangers and other people's sessions on every endpoint, and nothing changes", async ({
  product,
  sql,
  playwright,
}) => {
  const openapi = await fetch(`${product.url}/api/openapi.json`);
  const { paths } = description.parse(JSON.parse(await openapi.text()));
  const endpoints = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { security }]) => security?.length !== 0)
      .map(([method]) => ({ path, method: method.toUpperCase() })),
  );
  expect(endpoints.length).toBeGreaterThan(15);
  const target = await makeTarget(sql);
  const before = await readStoredRows(sql, target);
  const viewer = await playwright.request.newContext({ baseURL: product.url, storageState: statePath("viewer") });
  for (const { path, method } of endpoints) {
    const id = path.includes("/users/") ? target.userId : path.includes("/tokens/") ? target.tokenId : target.checkId;
    const address = path.replace("{id}", id);
    const call = (headers?: Record<string, string>) => fetch(`${product.url}${address}`, { method, headers });
    expect([401, 403], `nobody: ${method} ${path}`).toContain((await call()).status);
    const stranger = await call({ authorization: "Bearer wk_strangers" });
    expect(stranger.status, `a stranger's token: ${method} ${path}`).toBe(401);
    if (method === "GET" && !/users|tokens/.test(path)) continue;
    const session = await viewer.fetch(address, { method });
    expect([401, 403], `a viewer's session: ${method} ${path}`).toContain(session.status());
  }
  await viewer.dispose();
  expect(await readStoredRows(sql, target)).toEqual(before);
});
