import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hintCompilation } from "./compile-hint";
import { takeLock } from "./lock-file";
import { say } from "./say";
import { hashSource } from "./source-hash";
import { StartProblem } from "./start-problem";

const markerOf = (root: string): string => join(root, ".next/watchkeeper-build");

async function isCurrent(root: string, hash: string): Promise<boolean> {
  if (!existsSync(join(root, ".next/BUILD_ID"))) return false;
  return (await readFile(markerOf(root), "utf8").catch(() => "")) === hash;
}

/** @returns the exit code and what it wrote */
function runNextBuild(root: string, signal: AbortSignal): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
    cwd: root,
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
async function takeBuildLock(root: string, signal: AbortSignal): Promise<() => Promise<void>> {
  await mkdir(join(root, ".build"), { recursive: true });
  for (;;) {
    const lock = await takeLock(join(root, ".build/next-build.lock"), "");
    if (lock.taken) return lock.release;
    signal.throwIfAborted();
    await new Promise((wake) => setTimeout(wake, 250));
  }
}

/**
 * Builds the web pages where there is no build of the present source. Its output is shown only when it fails.
 * @param root the product's folder
 * @throws StartProblem with the build's output
 */
export async function ensureNextBuild(root: string, signal: AbortSignal): Promise<void> {
  const hash = await hashSource(root);
  if (await isCurrent(root, hash)) return;
  const release = await takeBuildLock(root, signal);
  try {
    if (await isCurrent(root, hash)) return;
    say("Building the web pages; this takes up to a minute, once after each change of the source …");
    const startedAt = performance.now();
    await rm(markerOf(root), { force: true });
    const { code, output } = await runNextBuild(root, signal);
    signal.throwIfAborted();
    if (code !== 0)
      throw new StartProblem(`${output.trim()}\n\nThe web pages could not be built; the lines above say why.`);
    await hintCompilation(join(root, ".next/static/chunks"));
    await writeFile(markerOf(root), hash);
    say(`The web pages are built (${((performance.now() - startedAt) / 1000).toFixed(0)} s).`);
  } finally {
    await release();
  }
}
