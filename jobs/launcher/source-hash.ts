import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** What the web pages are built from. The Prisma client is made from the schema, so the schema stands for it. */
const FOLDERS = ["app", "lib", "public"];
const FILES = [
  "next.config.ts",
  "proxy.ts",
  "package-lock.json",
  "tsconfig.json",
  "postcss.config.mjs",
  "prisma/schema.prisma",
];
const LEFT_OUT = [join("lib", "db", "generated"), join("lib", "testing")];

async function listFiles(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !LEFT_OUT.some((left) => path.startsWith(left + sep)));
}

/** A hash of the names and contents of all that `next build` reads from this tree: a build with the same hash is current. */
export async function hashSource(root: string): Promise<string> {
  const found = await Promise.all(FOLDERS.map((folder) => listFiles(root, folder)));
  const hash = createHash("sha256");
  for (const path of [...found.flat(), ...FILES].sort()) {
    const content = await readFile(join(root, path)).catch(() => undefined);
    if (content) hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}
