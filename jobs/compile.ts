import { build } from "esbuild";
import { BUNDLES, bundleOptions } from "./bundles";
import { ensurePrismaClient } from "./prisma-client";

/** Makes what a start needs from the source: Prisma's client, and one bundle a process in `.build/`. */
const names = Object.keys(BUNDLES).filter((name): name is keyof typeof BUNDLES => name in BUNDLES);
try {
  await ensurePrismaClient();
  await build(bundleOptions(names));
} catch (error) {
  // esbuild has printed what is wrong, file by file; Prisma's own words are in its standard error.
  const isPrinted = error instanceof Error && "errors" in error;
  const stderr = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
  if (!isPrinted) console.error(stderr || (error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
}
