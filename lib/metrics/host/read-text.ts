import { readFile } from "node:fs/promises";

/** The text of a file of the kernel, or undefined where it doesn't exist or may not be read. */
export function readText(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}
