import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startApi } from "@/lib/testing/api-server";
import { keyOf, makeProject } from "@/lib/testing/errors";
import { createTestContext } from "@/lib/testing/test-context";
import { getLatestEvent } from "./events/get-event";
import { getGroup } from "./groups/get-group";
import { listGroups } from "./groups/list-groups";

/** Sentry's SDK for Node, as a program uses it, in a process of its own, against the API on a real server and a real database. */
const context = await createTestContext();
const api = await startApi(context);
const project = await makeProject(context);
const dsn = `${api.replace("://", `://${keyOf(project)}@`)}/${project.id}`;

const PROGRAM = `
const Sentry = require("@sentry/node");
Sentry.init({ dsn: process.env.DSN, debug: true, release: "shop@1.4.0", environment: "test", serverName: "web-1", sendDefaultPii: true });

class OrderError extends Error { name = "OrderError"; }
function charge() { throw new TypeError("card is null"); }
function placeOrder(number) {
  try { charge(); } catch (cause) { throw new OrderError("order " + number + " failed", { cause }); }
}
async function forgotten() { throw new RangeError("nobody waits for this"); }

async function main() {
  Sentry.setUser({ id: "7", email: "ada@example.com" });
  Sentry.setTag("plan", "pro");
  Sentry.setContext("order", { items: 3, password: "hunter2hunter" });
  Sentry.addBreadcrumb({ category: "cart", message: "added an item", level: "info", data: { sku: "x1" } });
  for (const number of [1, 2]) {
    try { placeOrder(number); } catch (error) { Sentry.captureException(error); }
  }
  Sentry.captureMessage("Disk is nearly full", "warning");
  Sentry.captureException(new Error("long"), { extra: { text: "y".repeat(60_000) } });
  const unhandled = forgotten();
  await new Promise((resolve) => setImmediate(resolve));
  await Sentry.close(10_000);
}
main();
`;

const folder = await mkdtemp(join(tmpdir(), "watchkeeper-sentry-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
let output = "";

beforeAll(async () => {
  const file = join(folder, "shop.js");
  await writeFile(file, PROGRAM);
  const env = { ...process.env, DSN: dsn, NODE_PATH: join(process.cwd(), "node_modules"), NODE_OPTIONS: "" };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [file], { env, timeout: 50_000 });
  output = stdout + stderr;
}, 60_000);

const only = async (query: string) => {
  const { items } = await listGroups(context, { query });
  expect(items, query).toHaveLength(1);
  return getGroup(context, { id: items[0]?.id ?? "" });
};
const latest = async (groupId: string) => {
  const event = await getLatestEvent(context, { groupId });
  if (!event) throw new Error("there is no event");
  return event;
};

test("an exception with its cause: one group, frames in order, the program's own found", async () => {
  const group = await only("OrderError");
  expect(group).toMatchObject({
    type: "OrderError",
    value: "order 2 failed",
    level: "error",
    eventCount: 2,
    userCount: 1,
    lastRelease: "shop@1.4.0",
  });
  expect(group.culprit).toMatch(/shop\.js in placeOrder$/);
  const { data, environment, release } = await latest(group.id);
  expect({ environment, release }).toEqual({ environment: "test", release: "shop@1.4.0" });
  expect(data.exceptions.map(({ type, value }) => [type, value])).toEqual([
    ["TypeError", "card is null"],
    ["OrderError", "order 2 failed"],
  ]);
  const own = data.exceptions[1]?.frames.filter(({ inApp }) => inApp).map((frame) => frame.function);
  expect(own?.slice(-2)).toEqual(["main", "placeOrder"]);
  expect(data.exceptions[1]?.frames.at(-1)).toMatchObject({
    contextLine: expect.stringContaining("throw new OrderError"),
    line: expect.any(Number),
  });
  expect(data.exceptions[0]?.frames.at(-1)?.function).toBe("charge");
});

test("what the program said besides: user, tags, contexts, breadcrumbs, server; its secret is gone", async () => {
  const group = await only("OrderError");
  const { data, userKey } = await latest(group.id);
  expect(userKey).toBe("id:7");
  expect(data.user).toMatchObject({ id: "7", email: "ada@example.com" });
  expect(data.tags).toContainEqual(["plan", "pro"]);
  expect(data.contexts["order"]).toEqual({ items: 3, password: "[Filtered]" });
  expect(data.contexts["runtime"]).toMatchObject({ name: "node", version: process.version });
  expect(data.breadcrumbs).toContainEqual(
    expect.objectContaining({ category: "cart", message: "added an item", level: "info", data: { sku: "x1" } }),
  );
  expect(data.serverName).toBe("web-1");
  expect(data.sdk?.name).toBe("sentry.javascript.node");
  expect(group.tags.map(({ key }) => key)).toEqual(
    expect.arrayContaining(["environment", "handled", "level", "os", "plan", "release", "runtime", "server_name"]),
  );
});

test("a message, with its level", async () => {
  expect(await only('"Disk is nearly full"')).toMatchObject({ type: "", level: "warning", eventCount: 1 });
});

test("an event that the SDK packs, since it is long", async () => {
  const group = await only("long");
  const { data } = await latest(group.id);
  expect(String(data.extra["text"]).length).toBeGreaterThan(5_000);
});

test("a rejection that nobody handled", async () => {
  const group = await only("RangeError handled:no");
  const { data } = await latest(group.id);
  expect(data.exceptions[0]).toMatchObject({ value: "nobody waits for this", mechanism: { handled: false } });
  expect(data.exceptions[0]?.frames.at(-1)?.function).toBe("forgotten");
});

test("the SDK was content", () => {
  expect(output).toContain("Sentry Logger");
  expect(output.split("\n").filter((line) => /Sentry Logger \[(warn|error)\]/.test(line))).toEqual([]);
});
