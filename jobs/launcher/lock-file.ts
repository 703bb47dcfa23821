import { createHash, randomUUID } from "node:crypto";
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

/** The other process that takes a stale lock over needs a moment. */
const RETRY_MS = 10;

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

/** The process that a lock's content names, where it still lives. */
async function livingHolder(content: string): Promise<LockHolder | undefined> {
  const holder = parseHolder(content);
  if (!holder || !isAlive(holder.pid)) return undefined;
  return (await startOf(holder.pid)) === holder.start ? holder : undefined;
}

const readLock = (file: string): Promise<string | undefined> =>
  readFile(file, "utf8").catch((error: unknown) => {
    if (has(error, "ENOENT")) return undefined;
    throw error;
  });

/** Who holds the lock now: undefined when nobody does, or a process that has ended. */
export async function findLockHolder(file: string): Promise<LockHolder | undefined> {
  const content = await readLock(file);
  return content === undefined ? undefined : livingHolder(content);
}

/**
 * Puts the draft in a stale lock's place. Only the holder of a second lock, named after the stale content, may do so: nobody
 * else changes that content meanwhile, and it never comes back. A holder that dies here leaves a stale lock again.
 * @returns false when another process is about to do it, or has done it
 */
async function replaceStale(file: string, content: string, draft: string): Promise<boolean> {
  const name = createHash("sha256").update(content).digest("hex").slice(0, 16);
  const guard = await takeLock(`${file}.${name}`, "");
  if (!guard.taken) return false;
  try {
    if ((await readLock(file)) !== content) return false;
    await rename(draft, file);
    return true;
  } finally {
    await guard.release();
  }
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
  const release = () => rm(file, { force: true });
  let wasStale = false;
  try {
    for (;;) {
      try {
        // A hard link fails where the name exists, and shows the whole content at once.
        await link(draft, file);
        return { taken: true, wasStale, release };
      } catch (error) {
        if (!has(error, "EEXIST")) throw error;
      }
      const content = await readLock(file);
      if (content === undefined) continue;
      const holder = await livingHolder(content);
      if (holder) return { taken: false, holder };
      wasStale = true;
      if (await replaceStale(file, content, draft)) return { taken: true, wasStale, release };
      await new Promise((wake) => setTimeout(wake, RETRY_MS));
    }
  } finally {
    await rm(draft, { force: true });
  }
}
