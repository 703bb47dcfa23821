import { chmod, mkdir, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { isAlive } from "@/lib/core/processes";
import { startPostgres } from "./start-postgres";

const FAST = { settings: { fsync: "off", full_page_writes: "off", shared_buffers: "16MB" } };
const folder = await mkdtemp(join(tmpdir(), "watchkeeper-postgres-test-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(text).finally(() => client.end());
  return rows;
}

describe("the embedded PostgreSQL", () => {
  test("starts from nothing, keeps its data over a stop, and comes back on its port", async () => {
    const first = await startPostgres(folder, FAST);
    await query(first.url, "CREATE TABLE kept AS SELECT 'grün'::text AS word");
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await startPostgres(folder, FAST);
    onTestFinished(() => second.stop());
    expect(second.url).toBe(first.url);
    expect(await query(second.url, "SELECT upper(word) AS word FROM kept")).toEqual([{ word: "GRÜN" }]);
  });

  test("a second start on the same folder stops an orphan first; what it had committed is there", async () => {
    const orphan = await startPostgres(folder, FAST);
    await query(orphan.url, "CREATE TABLE from_orphan AS SELECT 1 AS one");
    const next = await startPostgres(folder, FAST);
    onTestFinished(() => next.stop());
    expect(isAlive(orphan.pid)).toBe(false);
    expect(await query(next.url, "SELECT one FROM from_orphan")).toEqual([{ one: 1 }]);
  });

  test("recovers what was committed after kill -9", async () => {
    const first = await startPostgres(folder, FAST);
    await query(first.url, "CREATE TABLE survives AS SELECT 1 AS one");
    process.kill(first.pid, "SIGKILL");
    expect(await first.exited).toEqual({ code: null, signal: "SIGKILL" });
    const second = await startPostgres(folder, { ...FAST, port: first.port });
    onTestFinished(() => second.stop());
    expect(second.port).toBe(first.port);
    expect(await query(second.url, "SELECT one FROM survives")).toEqual([{ one: 1 }]);
  });

  test("says of each line which kind of process wrote it", async () => {
    const lines: string[] = [];
    const server = await startPostgres(folder, { ...FAST, onLog: (line) => lines.push(line) });
    onTestFinished(() => server.stop());
    await expect(query(server.url, "SELECT 1 / 0")).rejects.toThrow("division by zero");
    await expect.poll(() => lines.join("\n")).toMatch(/\] client backend: +ERROR: +division by zero/);
    expect(lines.join("\n")).toMatch(/\] postmaster: +LOG: +database system is ready/);
  });

  test("keeps its password from other users", async () => {
    expect((await stat(join(folder, "password"))).mode & 0o077).toBe(0);
    expect(await readFile(join(folder, "password"), "utf8")).toMatch(/^[0-9a-f]{48}$/);
  });

  test("runs in a folder that nobody else may enter", async () => {
    const home = join(folder, "private");
    await mkdir(home);
    await chmod(home, 0o700);
    const server = await startPostgres(join(home, "data"), FAST);
    onTestFinished(() => server.stop());
    expect(await query(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test.runIf(process.getuid?.() === 0)("runs as nobody where root may not make a user namespace", async () => {
    const path = process.env.PATH;
    // No `unshare` to be found: as on a system that forbids it.
    process.env.PATH = join(folder, "empty");
    onTestFinished(() => void (process.env.PATH = path));
    const shared = await mkdtemp(join(tmpdir(), "watchkeeper-nobody-test-"));
    onTestFinished(() => rm(shared, { recursive: true, force: true }));
    await chmod(shared, 0o711);
    const server = await startPostgres(join(shared, "data"), FAST);
    onTestFinished(() => server.stop());
    expect(await query(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect((await stat(join(shared, "data/cluster"))).uid).toBe(65_534);
  });
});
