import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { refusedPort } from "@/lib/testing/servers";
import { launch } from "./launch";

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

function start() {
  const stopping = new AbortController();
  const undo: (() => unknown)[] = [];
  const running = launch({
    dev: false,
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
/** The build, where there is none yet, is the long part. */
const PATIENCE = { timeout: 240_000, interval: 100 };

test(
  "from nothing to a page, past a killed worker, to an end in order, and again with the data kept",
  { timeout: 300_000 },
  async () => {
    const port = await refusedPort();
    vi.stubEnv("PORT", String(port));
    const url = `http://127.0.0.1:${port}`;

    const first = start();
    await Promise.race([expect.poll(said, PATIENCE).toContain(`Watchkeeper is ready: ${url}`), first.running]);
    expect(said()).toMatch(/email {5}\S+@\S+\n?.*\n?.*password {2}\S{12,}/s);
    expect((await fetch(`${url}/sign-in`)).status).toBe(200);
    expect((await fetch(`${url}/api/ready`)).status).toBe(200);
    const { pid } = JSON.parse(await readFile(join(dataDir, "launcher.lock"), "utf8"));
    expect(pid).toBe(process.pid);

    // Another start on the same data folder says who has it, and leaves it alone.
    const second = start();
    await expect(second.running).rejects.toThrow(
      `Watchkeeper is already running on this data folder (process ${process.pid}, ${url}).`,
    );
    await second.stop();
    expect((await fetch(`${url}/api/live`)).status).toBe(200);
    await first.stop();
    await expect(fetch(`${url}/api/live`)).rejects.toThrow();

    lines = [];
    const again = start();
    await Promise.race([expect.poll(said, PATIENCE).toContain("Watchkeeper is ready"), again.running]);
    expect(said()).not.toContain("password");
    await again.stop();
  },
);

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
