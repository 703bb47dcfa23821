import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createChanges } from "@/lib/core/changes";
import type { Context } from "@/lib/core/context";
import { SILENT } from "@/lib/core/log";
import { openDatabase } from "@/lib/db/client";
import { declareIncident } from "@/lib/incidents/declare-incident";
import { addCheck } from "@/lib/testing/checks";
import { startStatusServer } from "@/lib/testing/status-server";
import { startTcpProxy } from "@/lib/testing/tcp-proxy";
import { createTestContext } from "@/lib/testing/test-context";
import { readSnapshotFile } from "./snapshot-file";
import { updateStatusSettings } from "./settings";
import { createStatusKeeper, REFRESH_MS, type StatusKeeper, statusKeeperOf } from "./status-keeper";
import { createComponent } from "./write-component";

const context = await createTestContext();
context.setNow("2028-02-29T14:02:00Z");
const folder = await mkdtemp(join(tmpdir(), "watchkeeper-status-"));
const direct = new URL(context.databaseUrl);
const proxy = await startTcpProxy({ host: direct.hostname, port: Number(direct.port) });
const proxied = new URL(context.databaseUrl);
proxied.hostname = "127.0.0.1";
proxied.port = String(proxy.port);

/** The same database as another process reaches it: through a line that can be cut. */
const database = openDatabase(proxied.href, { name: "status", log: SILENT, max: 4 });
const far: Context = { ...context, db: database.db, sql: database.sql };
afterAll(async () => {
  await database.close();
  await proxy.cut();
  await rm(folder, { recursive: true });
});

beforeAll(async () => {
  const check = await addCheck(context, { status: "ok", lastResultAt: context.now() });
  await context.sql.query(
    "INSERT INTO workers (id, host, pid, started_at, last_seen_at) VALUES (gen_random_uuid(), 'h', 1, $1, $1)",
    [context.now()],
  );
  await createComponent(context, { label: "Payments", checkIds: [check.id] });
});

async function pageOf(keeper: StatusKeeper): Promise<string> {
  const shown = await keeper.current();
  return shown.kind === "shown" ? String(await shown.edition.find("/status")?.bytes("identity")) : shown.kind;
}

test("while the database is away the last state stays, says its age, and is followed by the present one", async () => {
  const url = await startStatusServer(far);
  const get = async (path: string) => {
    const response = await fetch(`${url}${path}`);
    return { status: response.status, cache: response.headers.get("cache-control"), text: await response.text() };
  };
  expect((await get("/status")).text).toContain("All systems operational");
  await proxy.cut();
  context.advance(200);
  const away = await get("/status");
  expect(away.status).toBe(200);
  expect(away.text).toContain("Last known state, from 14:02 UTC, 3 min ago.");
  expect(away.text).toContain("All systems operational");
  expect(away.cache).toBe("public, max-age=5, stale-if-error=86400");
  expect(JSON.parse((await get("/api/status.json")).text)).toMatchObject({
    isLastKnown: true,
    asOf: "2028-02-29T14:02:00.000Z",
  });
  for (const path of ["/status/feed.atom", "/api/v2/summary.json"]) expect((await get(path)).status, path).toBe(200);

  await proxy.mend();
  context.advance(REFRESH_MS / 1000);
  const back = await get("/status");
  expect(back.text).not.toContain("Last known state");
  // Nobody has looked at the check meanwhile.
  expect(back.text).toContain("The present state is unknown");
});

test("a process that starts without the database shows what was kept in the file; without one it says that it knows nothing", async () => {
  const file = join(folder, "status-page.json");
  context.setNow("2028-02-29T14:02:00Z");
  const before = createStatusKeeper(context);
  before.start({ file });
  expect(await pageOf(before)).toContain("All systems operational");
  await before.stop();
  expect((await readSnapshotFile(file))?.status.asOf).toBe("2028-02-29T14:02:00.000Z");
  expect(await readdir(folder)).toEqual(["status-page.json"]);

  await proxy.cut();
  context.advance(3_600);
  const started = createStatusKeeper(far);
  started.start({ file });
  expect(await pageOf(started)).toContain("Last known state, from 14:02 UTC, 1 h ago.");
  await started.stop();

  const empty = createStatusKeeper(far);
  empty.start({ file: join(folder, "nothing.json") });
  expect(await empty.current()).toEqual({ kind: "none" });
  await empty.stop();
  await proxy.mend();
});

test("without anything kept the answer is an honest 503", async () => {
  const gone = openDatabase("postgresql://nobody@127.0.0.1:1/none", { name: "none", log: SILENT });
  const url = await startStatusServer({ ...context, db: gone.db, sql: gone.sql });
  for (const path of [
    "/status",
    "/status/feed.atom",
    "/status/incidents/1",
    "/api/status.json",
    "/api/v2/summary.json",
  ]) {
    const response = await fetch(`${url}${path}`);
    expect([response.status, response.headers.get("retry-after"), response.headers.get("cache-control")], path).toEqual(
      [503, "10", "no-store"],
    );
    expect(await response.text()).toContain("cannot be read now");
  }
  await gone.close();
});

test.each(["", "{", '{"version":2}', '{"version":1,"snapshot":{"status":{}}}'])(
  "a file that can't be read (%j) is no snapshot",
  async (text) => {
    const file = join(folder, "broken.json");
    await writeFile(file, text);
    expect(await readSnapshotFile(file)).toBeUndefined();
    const keeper = createStatusKeeper(context);
    keeper.start({ file });
    expect((await keeper.current()).kind).toBe("shown");
    await keeper.stop();
    // And it was replaced.
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ version: 1 });
  },
);

test("a page that was switched off stays off for a process that starts without the database", async () => {
  const file = join(folder, "off.json");
  await updateStatusSettings(context, { enabled: false });
  const before = createStatusKeeper(context);
  before.start({ file });
  expect(await before.current()).toEqual({ kind: "off" });
  await before.stop();
  await proxy.cut();
  const started = createStatusKeeper(far);
  started.start({ file });
  expect(await started.current()).toEqual({ kind: "off" });
  await started.stop();
  await proxy.mend();
  await updateStatusSettings(context, { enabled: true });
});

test("an incident is on the page as soon as it was declared", async () => {
  const changes = createChanges(context.databaseUrl, SILENT);
  await changes.ready;
  const keeper = createStatusKeeper(context);
  keeper.start({ changes });
  expect(await pageOf(keeper)).not.toContain("Cards are refused");
  await declareIncident(context, { title: "Cards are refused", severity: "high", visibility: "public" });
  await expect.poll(() => pageOf(keeper)).toContain("Cards are refused");
  await updateStatusSettings(context, { title: "Shop" });
  await expect.poll(() => pageOf(keeper)).toContain("<h1>Shop</h1>");
  await keeper.stop();
  await changes.close();
});

test("a process has one keeper for its database, whoever asks", () => {
  expect(statusKeeperOf(context.as({ kind: "anonymous" }))).toBe(statusKeeperOf(context));
});
