import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Metafile, type Plugin, context } from "esbuild";
import { bundleOptions } from "../bundles";
import { ROOT } from "../root";

/** The development mode's child: bundles on every change and tells the launcher which process is to be started again. */
process.on("disconnect", () => process.exit(0));

/** A hash of the source files in a bundle. Next reloads `app/` by itself, so the web process does not restart for it. */
async function hashInputs({ inputs }: Metafile): Promise<string> {
  const hash = createHash("sha256");
  for (const path of Object.keys(inputs)
    .filter((input) => !input.startsWith("app/"))
    .sort()) {
    hash.update(path).update(await readFile(join(ROOT, path)));
  }
  return hash.digest("hex");
}

for (const bundle of ["server", "worker"] as const) {
  let last: string | undefined;
  const tellChange: Plugin = {
    name: "tell-change",
    setup: (build) =>
      build.onEnd(async ({ metafile, errors }) => {
        if (!metafile || errors.length > 0) return;
        const hash = await hashInputs(metafile);
        if (last !== undefined && last !== hash) process.send?.({ changed: bundle });
        last = hash;
      }),
  };
  const watcher = await context({ ...bundleOptions([bundle]), metafile: true, plugins: [tellChange] });
  await watcher.watch();
}
