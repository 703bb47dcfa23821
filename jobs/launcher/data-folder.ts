import { randomUUID } from "node:crypto";
import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { StartProblem } from "./start-problem";

const REASONS: Record<string, string> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EEXIST: "a file with this name is in the way",
  ENOTDIR: "a part of the path is a file",
  ENOENT: "no folder can be made there",
};

const has = (error: unknown, code: string): boolean => error instanceof Error && "code" in error && error.code === code;

/** Like `mkdir -p`. Node's own `recursive` never ends where a system answers "no such folder" for ever, as in /proc. */
async function makeFolders(folder: string): Promise<void> {
  // Others may pass through (a database that runs as another user has its folder inside) but read nothing.
  const make = () => mkdir(folder, { mode: 0o711 });
  try {
    await make();
  } catch (error) {
    if (has(error, "EEXIST") && (await stat(folder)).isDirectory()) return;
    if (!has(error, "ENOENT") || dirname(folder) === folder) throw error;
    await makeFolders(dirname(folder));
    await make();
  }
}

/**
 * Makes the data folder where it does not exist and tries to write to it.
 * @param folder absolute path
 * @throws StartProblem naming the folder and the reason
 */
export async function makeDataFolder(folder: string): Promise<void> {
  const probe = join(folder, `.write-test-${randomUUID()}`);
  try {
    await makeFolders(folder);
    await writeFile(probe, "");
    await rm(probe);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const reason = REASONS[code] ?? (error instanceof Error ? error.message : String(error));
    throw new StartProblem(
      `The data folder ${folder} cannot be written: ${reason}. Make it writable, or set DATA_DIR to another folder.`,
    );
  }
}
