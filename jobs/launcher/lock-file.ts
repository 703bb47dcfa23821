import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { isAlive, startOf } from "@/lib/core/processes";

/** Who holds a lock. With its start a process id names one process for ever: ids are given out again. */
export interface LockHolder {
  pid: number;
  start: string;
  /** Where the holder answers, for the message. */
  url: string;
}

export type LockResult =
  { taken: true; wasStale: boolean; release: () => Promise<void> } | { taken: false; holder: LockHolder };

const has = (error: unknown, code: string): boolean => error instanceof Error && "code" in error && error.code === code;

function parseHolder(text: string): LockHolder | undefined {
  try {
    const { pid, start, url }: Record<string, unknown> = JSON.parse(text);
    return typeof pid === "number" && typeof start === "string" && typeof url === "string"
      ? { pid, start, url }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Who holds the lock now: undefined when nobody does, or a process that has ended. */
export async function findLockHolder(file: string): Promise<LockHolder | undefined> {
  const holder = parseHolder(await readFile(file, "utf8").catch(() => ""));
  if (!holder || !isAlive(holder.pid)) return undefined;
  return (await startOf(holder.pid)) === holder.start ? holder : undefined;
}

/** Puts a stale lock aside; puts it back when another process took the lock in between. */
async function removeStale(file: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (has(error, "ENOENT")) return;
    throw error;
  }
  if (await findLockHolder(aside)) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

/**
 * Takes a lock that lasts as long as this process: a file that appears whole or not at all. The lock of a process that has
 * ended, whatever way, is stale and taken over.
 * @param url where this process will answer, for the message of the next one
 */
export async function takeLock(file: string, url: string): Promise<LockResult> {
  const own: LockHolder = { pid: process.pid, start: (await startOf(process.pid)) ?? "", url };
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(own), { mode: 0o600 });
  let wasStale = false;
  try {
    for (;;) {
      try {
        // A hard link fails where the name exists, and shows the whole content at once.
        await link(draft, file);
        return { taken: true, wasStale, release: () => rm(file, { force: true }) };
      } catch (error) {
        if (!has(error, "EEXIST")) throw error;
      }
      const holder = await findLockHolder(file);
      if (holder) return { taken: false, holder };
      wasStale = true;
      await removeStale(file);
    }
  } finally {
    await rm(draft, { force: true });
  }
}
