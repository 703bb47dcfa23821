import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";

const run = promisify(execFile);

export type Chromium = { found: true; path?: string } | { found: false; reason: string };

function onPath(...names: string[]): string | undefined {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of names) if (existsSync(join(folder, name))) return join(folder, name);
  }
  return undefined;
}

/** A Chromium to test with: one on PATH, Playwright's own, or one installed now (apt-get as root, else Playwright's installer). */
export async function findChromium(): Promise<Chromium> {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const present = onPath(...names);
  if (present) return { found: true, path: present };
  if (existsSync(chromium.executablePath())) return { found: true };
  try {
    if (process.getuid?.() === 0 && onPath("apt-get")) {
      await run("apt-get", ["update", "-q"]);
      await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], { maxBuffer: 50_000_000 });
      const installed = onPath(...names);
      if (installed) return { found: true, path: installed };
    }
    await run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]);
    return { found: true };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return { found: false, reason: `No Chromium is on PATH and none could be installed: ${reason}` };
  }
}
