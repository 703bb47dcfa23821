import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeEach, describe, expect, inject, onTestFinished, test } from "vitest";
import { refusedPort } from "@/lib/testing/servers";
import { cloneTemplate } from "@/lib/testing/template";
import { BROKEN_WORKER, STUBBORN_WORKER } from "../testing/child-scripts";
import { pidOf, postgresPid, readEvents, startLauncher, untilGone } from "../testing/launcher-process";
import { makeLauncherTree } from "../testing/launcher-tree";

/** The launcher as it is started by `npm start`: a process of its own, with processes of its own. */
const root = await makeLauncherTree();
const folder = await mkdtemp(join(tmpdir(), "watchkeeper-launcher-process-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

let port = 0;
let dataDir = "";
beforeEach(async () => {
  port = await refusedPort();
  dataDir = await mkdtemp(join(folder, "data-"));
});
const launch = (environment: Record<string, string> = {}) =>
  startLauncher(root, { PORT: String(port), DATA_DIR: dataDir, ...environment });
const page = async () => (await fetch(`http://127.0.0.1:${port}/`)).text();

async function countUsers(): Promise<number> {
  const client = new Client({ connectionString: (await readFile(join(dataDir, "database-url"), "utf8")).trim() });
  await client.connect();
  const { rows } = await client.query("SELECT count(*)::int AS n FROM users").finally(() => client.end());
  return rows[0].n;
}

describe("with the embedded database", { timeout: 180_000 }, () => {
  test("whatever process is killed with -9 comes back; SIGTERM stops all in order, the database last", async () => {
    const launcher = launch();
    await launcher.until("Watchkeeper is ready");
    expect(await page()).toBe("a page");

    const other = launch();
    expect(await other.ended).toEqual({ code: 1, signal: null });
    expect(other.err()).toBe(
      `Watchkeeper is already running on this data folder (process ${launcher.pid}, http://127.0.0.1:${port}).\n`,
    );

    process.kill(pidOf(dataDir, "worker started"), "SIGKILL");
    await launcher.until("The worker ended (signal SIGKILL); starting it again in 0.2 s.");
    process.kill(pidOf(dataDir, "web started"), "SIGKILL");
    await launcher.until("The web process ended (signal SIGKILL); starting it again in 0.2 s.");
    const startsOf = (what: string) => readEvents(dataDir).filter((event) => event.what === what).length;
    await expect.poll(() => [startsOf("web started"), startsOf("worker started")], { timeout: 20_000 }).toEqual([2, 2]);
    const firstDatabase = postgresPid(dataDir);
    process.kill(firstDatabase, "SIGKILL");
    await launcher.until("The database ended (signal SIGKILL); starting it again in 0.2 s.");
    await expect.poll(() => countUsers().catch(() => 0), { timeout: 20_000 }).toBe(1);
    expect(postgresPid(dataDir)).not.toBe(firstDatabase);
    expect(await page()).toBe("a page");

    const database = postgresPid(dataDir);
    launcher.signal("SIGTERM");
    expect(await launcher.ended).toEqual({ code: 0, signal: null });
    expect(launcher.out()).toMatch(/Stopping …\nWatchkeeper has stopped\.\n$/);
    expect(
      readEvents(dataDir)
        .slice(-2)
        .map((event) => event.what),
    ).toEqual(["worker stopped, with a database", "web stopped"]);
    await untilGone(database);
    expect(existsSync(join(dataDir, "launcher.lock"))).toBe(false);
  });

  test("a launcher killed with -9 leaves nothing behind that keeps the next start from working", async () => {
    const launcher = launch();
    await launcher.until("Watchkeeper is ready");
    const orphan = postgresPid(dataDir);
    const [web, worker] = [pidOf(dataDir, "web started"), pidOf(dataDir, "worker started")];
    launcher.signal("SIGKILL");
    await launcher.ended;
    await untilGone(web);
    await untilGone(worker);

    const next = launch();
    await next.until("Watchkeeper is ready");
    expect(next.out()).not.toContain("password");
    await untilGone(orphan);
    expect(await page()).toBe("a page");
    expect(await countUsers()).toBe(1);
    next.signal("SIGINT");
    expect(await next.ended).toEqual({ code: 0, signal: null });
  });

  test("a stop in the middle of the start ends it in order", async () => {
    const launcher = launch();
    await expect.poll(() => existsSync(join(dataDir, "launcher.lock")), { interval: 20 }).toBe(true);
    launcher.signal("SIGTERM");
    expect(await launcher.ended).toEqual({ code: 0, signal: null });
    expect(launcher.out()).not.toContain("is ready");
    expect(launcher.err()).toBe("");
    expect(existsSync(join(dataDir, "launcher.lock"))).toBe(false);
  });
});

describe("with a database of one's own", { timeout: 60_000 }, () => {
  async function ownDatabase() {
    const { url, drop } = await cloneTemplate(inject("postgresUrl"), inject("postgresTemplate"));
    onTestFinished(drop);
    return { DATABASE_URL: url };
  }

  test("a second signal ends at once what does not obey the first", async () => {
    await writeFile(join(root, ".build/worker.js"), STUBBORN_WORKER);
    const launcher = launch(await ownDatabase());
    await launcher.until("Watchkeeper is ready");
    launcher.signal("SIGTERM");
    await launcher.until("Stopping …");
    launcher.signal("SIGTERM");
    expect(await launcher.ended).toEqual({ code: 143, signal: null });
    await untilGone(pidOf(dataDir, "worker started"));
  });

  test("a process that ends before it is ready is tried three times, then the start is given up", async () => {
    await writeFile(join(root, ".build/worker.js"), BROKEN_WORKER);
    const launcher = launch(await ownDatabase());
    expect(await launcher.ended).toEqual({ code: 1, signal: null });
    expect(launcher.out().match(/this worker has no luck/g)).toHaveLength(3);
    expect(launcher.err()).toBe(
      "The worker could not be started: it ended before it was ready (code 3). The lines above say more.\n",
    );
    await untilGone(pidOf(dataDir, "web started"));
  });

  test("that is away gets one sentence, without the password", async () => {
    const nobody = await refusedPort();
    const launcher = launch({ DATABASE_URL: `postgresql://me:s3cret@127.0.0.1:${nobody}/none` });
    expect(await launcher.ended).toEqual({ code: 1, signal: null });
    expect(launcher.err()).toMatch(
      /^The PostgreSQL of DATABASE_URL at 127\.0\.0\.1:\d+ cannot be reached: connect ECONNREFUSED .*\n$/,
    );
    expect(launcher.err()).not.toContain("s3cret");
  });
});

describe("what keeps it from starting is told in one plain sentence, with exit code 1:", () => {
  test("a port in use", async () => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
    onTestFinished(() => new Promise<void>((closed) => void server.close(() => closed())));
    const launcher = launch();
    expect(await launcher.ended).toEqual({ code: 1, signal: null });
    expect(launcher.err()).toBe(
      `Port ${port} of 127.0.0.1 is already in use. Stop the program that uses it, or set PORT to another one, like PORT=3001.\n`,
    );
    expect(existsSync(join(dataDir, "launcher.lock"))).toBe(false);
  });

  test("a data folder with a file in its way", async () => {
    await mkdir(join(dataDir, "a"));
    await writeFile(join(dataDir, "a/file"), "");
    const launcher = launch({ DATA_DIR: join(dataDir, "a/file/data") });
    expect(await launcher.ended).toEqual({ code: 1, signal: null });
    expect(launcher.err()).toBe(
      `The data folder ${dataDir}/a/file/data cannot be written: a part of the path is a file. Make it writable, or set DATA_DIR to another folder.\n`,
    );
  });

  test.runIf(process.platform === "linux")("a data folder in /proc, where Node's own mkdir never ends", async () => {
    const launcher = launch({ DATA_DIR: "/proc/nope" });
    expect(await launcher.ended).toEqual({ code: 1, signal: null });
    expect(launcher.err()).toBe(
      "The data folder /proc/nope cannot be written: no folder can be made there. Make it writable, or set DATA_DIR to another folder.\n",
    );
  });

  test.each([
    [{ PORT: "70000" }, "PORT must be a whole number from 1 to 65535."],
    [{ DATABASE_URL: "mysql://x" }, "DATABASE_URL must be a PostgreSQL connection string, like "],
    [{ NEXTAUTH_SECRET: "short" }, "NEXTAUTH_SECRET must have at least 32 characters"],
    [{ ADMIN_PASSWORD: "short" }, "ADMIN_PASSWORD must have at least 12 characters."],
  ])("a variable that is wrong: %j", async (environment, words) => {
    const launcher = launch(environment);
    expect(await launcher.ended).toEqual({ code: 1, signal: null });
    expect(launcher.err()).toMatch(/^The environment is not right: [^\n]+\n$/);
    expect(launcher.err()).toContain(words);
    expect(launcher.err()).not.toContain("short");
  });
});
