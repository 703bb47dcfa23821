import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "./root";

const run = promisify(execFile);

/** What the generated client depends on: the schema and Prisma's version. */
async function wantedHash(root: string): Promise<string> {
  const files = ["prisma/schema.prisma", "node_modules/prisma/package.json"];
  const hash = createHash("sha256");
  for (const file of files) hash.update(await readFile(join(root, file)));
  return hash.digest("hex");
}

/** Generates Prisma's client where it is missing or was made from another schema. Nothing is downloaded (prisma.config.ts). */
export async function ensurePrismaClient(root = ROOT): Promise<void> {
  const marker = join(root, "lib/db/generated/.hash");
  const wanted = await wantedHash(root);
  if (existsSync(marker) && (await readFile(marker, "utf8")) === wanted) return;
  const script = join(root, "node_modules/prisma/build/index.js");
  await run(process.execPath, [script, "generate"], {
    cwd: root,
    env: { ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
  });
  await writeFile(marker, wanted);
}
