import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { commandOf, isAlive } from "@/lib/core/processes";

/** Resolves when the process is gone or the time is over; nothing tells about the end of a process that is no child. */
async function waitForEnd(pid: number, ms: number): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (isAlive(pid) && performance.now() < deadline) await new Promise((wake) => setTimeout(wake, 50));
  return !isAlive(pid);
}

/**
 * A server whose launcher was killed still holds the data: it is stopped before a new one starts, in order where it obeys.
 * @param data the folder of the cluster
 */
export async function stopOrphan(data: string): Promise<void> {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return;
  const [pidLine, folderLine] = (await readFile(file, "utf8")).split("\n");
  const pid = Number(pidLine);
  if (!Number.isInteger(pid) || pid <= 1 || folderLine !== data) return;
  // The id may have been given to another process since: only a PostgreSQL on this very folder is ours.
  const command = await commandOf(pid);
  if (!command?.includes("postgres") || !command.includes(data)) return;
  for (const [signal, ms] of [
    ["SIGINT", 10_000],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 2_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await waitForEnd(pid, ms)) return;
  }
}
