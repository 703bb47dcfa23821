import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll } from "vitest";
import { bundleOptions } from "../bundles";
import { hashSource } from "../launcher/source-hash";
import { ROOT } from "../root";
import { WATCH, WEB, WORKER } from "./child-scripts";

/**
 * Makes a folder that looks to the launcher like the product's, with a current build: the real launcher and preparation,
 * bundled from the present source, and the given scripts as the other processes. Removed after the file's tests.
 * @returns its path
 */
export async function makeLauncherTree(scripts: { server?: string; worker?: string } = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "watchkeeper-tree-"));
  afterAll(() => rm(root, { recursive: true, force: true }));
  await mkdir(join(root, ".build"));
  await mkdir(join(root, ".next"));
  await writeFile(join(root, "package.json"), '{ "type": "module" }');
  await symlink(join(ROOT, "node_modules"), join(root, "node_modules"));
  await symlink(join(ROOT, "prisma"), join(root, "prisma"));
  await build({ ...bundleOptions(["launcher", "prepare"]), outdir: join(root, ".build"), sourcemap: false });
  await writeFile(join(root, ".build/server.js"), scripts.server ?? WEB);
  await writeFile(join(root, ".build/worker.js"), scripts.worker ?? WORKER);
  await writeFile(join(root, ".build/watch.js"), WATCH);
  await writeFile(join(root, ".next/BUILD_ID"), "test");
  await writeFile(join(root, ".next/watchkeeper-build"), await hashSource(root));
  return root;
}
