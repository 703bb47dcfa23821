import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { isAlive } from "@/lib/core/processes";

export interface LauncherProcess {
  pid: number;
  /** What it wrote so far. */
  out: () => string;
  err: () => string;
  /** Waits for words in its output. @throws with all of it when the process ends before */
  until: (words: string) => Promise<void>;
  signal: (name: "SIGTERM" | "SIGINT" | "SIGKILL") => void;
  /** How it ended. */
  ended: Promise<{ code: number | null; signal: string | null }>;
}

/** Starts the launcher of a tree in a process of its own, ended after the test. */
export function startLauncher(root: string, environment: Record<string, string>): LauncherProcess {
  const child = spawn(process.execPath, [join(root, ".build/launcher.js")], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_ENV: "production", LOG_LEVEL: "silent", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<{ code: number | null; signal: string | null }>((done) =>
    child.once("exit", (code, signal) => done({ code, signal })),
  );
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  const gone = ended.then(({ code }) => Promise.reject(new Error(`the launcher ended with ${code}:\n${out}${err}`)));
  gone.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    out: () => out,
    err: () => err,
    until: (words) => Promise.race([expect.poll(() => out, { timeout: 60_000, interval: 20 }).toContain(words), gone]),
    signal: (name) => void child.kill(name),
    ended,
  };
}

/** The processes of a data folder by what they told, the newest last: those of child-scripts.ts and the database. */
export function readEvents(dataDir: string): { what: string; pid: number }[] {
  const lines = readFileSync(join(dataDir, "events.log"), "utf8").trim().split("\n");
  return lines.map((line) => ({ what: line.replace(/ \d+$/, ""), pid: Number(line.split(" ").at(-1)) }));
}

/** The process that told this last. */
export const pidOf = (dataDir: string, what: string): number =>
  readEvents(dataDir).findLast((event) => event.what === what)?.pid ?? 0;

/** The process id of a data folder's embedded database. */
export const postgresPid = (dataDir: string): number =>
  Number(readFileSync(join(dataDir, "postgres/cluster/postmaster.pid"), "utf8").split("\n")[0]);

/** Waits until a process that is no child of this one is gone. */
export const untilGone = (pid: number): Promise<void> =>
  expect.poll(() => isAlive(pid), { timeout: 20_000, interval: 20 }).toBe(false);
