import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll } from "vitest";
import { refusedPort } from "./servers";

const hasRedis = () => spawnSync("redis-server", ["--version"]).status === 0;

/** Is there a redis-server? On Debian as root it is installed when missing; elsewhere a line says what is not tested. */
function findRedis(): boolean {
  if (hasRedis()) return true;
  if (process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0) {
    const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }, timeout: 120_000 };
    spawnSync("apt-get", ["update"], options);
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "redis-server"], options);
    if (hasRedis()) return true;
  }
  process.stderr.write(
    "\nNOT TESTED: the cache check against Redis, because there is no redis-server on the PATH.\n\n",
  );
  return false;
}

export interface TestRedis {
  port: number;
  stop: () => Promise<void>;
}

/** Starts a Redis on a free port of loopback, its files in a temporary folder. @returns undefined where there is none */
export async function startRedis({ password }: { password?: string } = {}): Promise<TestRedis | undefined> {
  if (!findRedis()) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "watchkeeper-redis-"));
  const port = await refusedPort();
  const settings = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"];
  const child = spawn("redis-server", [...settings, ...(password ? ["--requirepass", password] : [])], {
    stdio: "ignore",
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill();
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  afterAll(stop);
  await untilListening(port, child);
  return { port, stop };
}

async function untilListening(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const listens = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (listens) return;
    await pause(20);
  }
  throw new Error(`redis-server ended with ${child.exitCode} before it listened`);
}
