import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../root";
import { takeLock } from "./lock-file";
import { say } from "./say";
import { hashSource } from "./source-hash";
import { StartProblem } from "./start-problem";

const MARKER = join(ROOT, ".next/watchkeeper-build");

async function isCurrent(hash: string): Promise<boolean> {
  return existsSync(join(ROOT, ".next/BUILD_ID")) && existsSync(MARKER) && (await readFile(MARKER, "utf8")) === hash;
}

/** @returns the exit code and what it wrote */
function runNextBuild(signal: AbortSignal): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [join(ROOT, "node_modules/next/dist/bin/next"), "build"], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
    signal,
    killSignal: "SIGKILL",
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((done) => {
    child.once("close", (code) => done({ code, output }));
    child.once("error", (error) => done({ code: 1, output: output || error.message }));
  });
}

/** Several launchers may start from one tree (tests do): one builds, the others wait for it. */
async function takeBuildLock(signal: AbortSignal): Promise<() => Promise<void>> {
  await mkdir(join(ROOT, ".build"), { recursive: true });
  for (;;) {
    const lock = await takeLock(join(ROOT, ".build/next-build.lock"), "");
    if (lock.taken) return lock.release;
    signal.throwIfAborted();
    await new Promise((wake) => setTimeout(wake, 250));
  }
}

/**
 * Builds the web pages where there is no build of the present source. Its output is shown only when it fails.
 * @throws StartProblem with the build's output
 */
export async function ensureNextBuild(signal: AbortSignal): Promise<void> {
  const hash = await hashSource(ROOT);
  if (await isCurrent(hash)) return;
  const release = await takeBuildLock(signal);
  try {
    if (await isCurrent(hash)) return;
    say("Building the web pages; this takes up to a minute, once after each change of the source …");
    const startedAt = performance.now();
    await rm(MARKER, { force: true });
    const { code, output } = await runNextBuild(signal);
    signal.throwIfAborted();
    if (code !== 0)
      throw new StartProblem(`${output.trim()}\n\nThe web pages could not be built; the lines above say why.`);
    await writeFile(MARKER, hash);
    say(`The web pages are built (${((performance.now() - startedAt) / 1000).toFixed(0)} s).`);
  } finally {
    await release();
  }
}
