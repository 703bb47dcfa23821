import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Is there a process with this id (also one of another user)? */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** One column of `ps`, for systems without /proc (macOS); undefined when there is no such process. */
async function askPs(pid: number, column: string): Promise<string | undefined> {
  const answer = await run("ps", ["-o", `${column}=`, "-p", String(pid)]).catch(() => undefined);
  return answer?.stdout.trim() || undefined;
}

/** The command line of a process; undefined when there is none with this id. */
export async function commandOf(pid: number): Promise<string | undefined> {
  const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  return line === undefined ? askPs(pid, "command") : line.replaceAll("\0", " ").trim();
}

/**
 * When a process started, as text that is only good for comparing: with the process id it names one process for ever,
 * since the system gives ids out again. Undefined when there is no such process.
 */
export async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The second field is the program's name in brackets and may hold spaces; the start (ticks since boot) is the 22nd.
  return stat === undefined ? askPs(pid, "lstart") : stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
}
