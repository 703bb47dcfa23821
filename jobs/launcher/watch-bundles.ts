import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Metafile, type Plugin, context } from "esbuild";
import { bundleOptions } from "../bundles";
import type { Watched } from "./watch-source";

/** A hash of the source files in a bundle. Next reloads `app/` by itself, so the web process does not restart for it. */
async function hashInputs(root: string, { inputs }: Metafile): Promise<string> {
  const hash = createHash("sha256");
  for (const path of Object.keys(inputs)
    .filter((input) => !input.startsWith("app/"))
    .sort()) {
    hash.update(path).update(await readFile(join(root, path)));
  }
  return hash.digest("hex");
}

/**
 * Bundles the web process and the worker again on every change of their source. A source that does not compile is said by
 * esbuild, and the processes go on with what they have.
 * @param onChanged called when the bundle of a process is another one
 * @returns when both are bundled once, with a function that ends the watch
 */
export async function watchBundles(root: string, onChanged: (bundle: Watched) => void): Promise<() => Promise<void>> {
  const watch = async (bundle: Watched) => {
    let last: string | undefined;
    let bundledOnce: () => void = () => undefined;
    const ready = new Promise<void>((done) => (bundledOnce = done));
    const tellChange: Plugin = {
      name: "tell-change",
      setup: (build) =>
        build.onEnd(async ({ metafile, errors }) => {
          if (metafile && errors.length === 0) {
            const hash = await hashInputs(root, metafile);
            if (last !== undefined && last !== hash) onChanged(bundle);
            last = hash;
          }
          bundledOnce();
        }),
    };
    const watcher = await context({ ...bundleOptions([bundle], root), metafile: true, plugins: [tellChange] });
    await watcher.watch();
    await ready;
    return watcher;
  };
  const watchers = await Promise.all([watch("server"), watch("worker")]);
  return async () => void (await Promise.all(watchers.map((watcher) => watcher.dispose())));
}
