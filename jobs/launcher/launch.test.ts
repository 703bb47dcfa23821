import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, inject, onTestFinished, test, vi } from "vitest";
import { refusedPort } from "@/lib/testing/servers";
import { cloneTemplate } from "@/lib/testing/template";
import { makeLauncherTree } from "../testing/launcher-tree";
import { launch } from "./launch";

const root = await makeLauncherTree();
const dataDir = await mkdtemp(join(tmpdir(), "watchkeeper-launch-"));
afterAll(() => rm(dataDir, { recursive: true, force: true }));

let lines: string[] = [];
beforeEach(() => {
  lines = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => lines.push(String(text)) > 0);
  vi.stubEnv("DATABASE_URL", undefined);
  vi.stubEnv("NODE_ENV", "production");
  vi.stubEnv("LOG_LEVEL", "silent");
  vi.stubEnv("DATA_DIR", dataDir);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function start({ dev = false } = {}) {
  const stopping = new AbortController();
  const undo: (() => unknown)[] = [];
  const running = launch({
    root,
    dev,
    signal: stopping.signal,
    defer: (step) => undo.push(step),
    onForce: () => undefined,
  });
  running.catch(() => undefined);
  return {
    running,
    stop: async () => {
      stopping.abort(new Error("stopped"));
      await running.catch(() => undefined);
      for (const step of undo.toReversed()) await step();
    },
  };
}
const said = () => lines.join("");
const PATIENCE = { timeout: 60_000, interval: 20 };
const workerStarts = async () =>
  (await readFile(join(dataDir, "events.log"), "utf8")).match(/^worker started/gm)?.length;

describe("a start", { timeout: 120_000 }, () => {
  test("from nothing to a page, an end in order, and again with the data kept", async () => {
    const port = await refusedPort();
    vi.stubEnv("PORT", String(port));
    const url = `http://127.0.0.1:${port}`;

    const first = start();
    await Promise.race([expect.poll(said, PATIENCE).toContain(`Watchkeeper is ready: ${url}`), first.running]);
    expect(said()).toContain("Migrations applied: ");
    expect(said()).toMatch(/email {5}\S+@\S+\n?.*\n?.*password {2}\S{12,}/s);
    expect(await (await fetch(url)).text()).toBe("a page");
    const { pid } = JSON.parse(await readFile(join(dataDir, "launcher.lock"), "utf8"));
    expect(pid).toBe(process.pid);

    // Another start on the same data folder says who has it, and leaves it alone.
    const second = start();
    await expect(second.running).rejects.toThrow(
      `Watchkeeper is already running on this data folder (process ${process.pid}, ${url}).`,
    );
    await second.stop();
    expect((await fetch(url)).status).toBe(200);
    await first.stop();
    await expect(fetch(url)).rejects.toThrow();

    lines = [];
    const again = start();
    await Promise.race([expect.poll(said, PATIENCE).toContain("Watchkeeper is ready"), again.running]);
    expect(said()).not.toContain("password");
    expect(said()).not.toContain("Migrations applied");
    await again.stop();
  });

  test("in development: the process whose source changed is started again", async () => {
    vi.stubEnv("PORT", String(await refusedPort()));
    const before = (await workerStarts()) ?? 0;
    const { running, stop } = start({ dev: true });
    await Promise.race([expect.poll(workerStarts, PATIENCE).toBe(before + 2), running]);
    expect(said()).toContain("The worker ended (code 0); starting it again in 0.2 s.");
    await stop();
  });

  test("with the admin that the environment names prints no password", async () => {
    const { url, drop } = await cloneTemplate(inject("postgresUrl"), inject("postgresTemplate"));
    onTestFinished(drop);
    vi.stubEnv("DATABASE_URL", url);
    vi.stubEnv("PORT", String(await refusedPort()));
    vi.stubEnv("ADMIN_EMAIL", "boss@example.org");
    vi.stubEnv("ADMIN_PASSWORD", "a long enough one");
    const { running, stop } = start();
    await Promise.race([expect.poll(said, PATIENCE).toContain("Watchkeeper is ready"), running]);
    expect(said()).toContain("The first admin was created from ADMIN_EMAIL and ADMIN_PASSWORD.");
    expect(said()).toContain("boss@example.org");
    expect(said()).not.toContain("a long enough one");
    await stop();
  });
});

test.each([
  [{ PORT: "port" }, "The environment is not right: PORT must be a whole number from 1 to 65535."],
  [{ DATABASE_URL: "mysql://x" }, "DATABASE_URL must be a PostgreSQL connection string"],
  [{ DATA_DIR: "/dev/null/data" }, "The data folder /dev/null/data cannot be written: "],
])("%j gets one plain sentence", async (environment, sentence) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { running, stop } = start();
  await expect(running).rejects.toThrow(sentence);
  await stop();
});
