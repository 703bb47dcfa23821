import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { z } from "zod";
import { publicSnapshot } from "./status";

const stored = z.object({
  version: z.literal(1),
  /** null: the page is switched off. */
  snapshot: publicSnapshot.nullable(),
});

export type KeptSnapshot = z.output<typeof stored>["snapshot"];

/** What was kept last; undefined where nothing was, or by a version that wrote it otherwise. Never throws. */
export async function readSnapshotFile(path: string): Promise<KeptSnapshot | undefined> {
  try {
    return stored.parse(JSON.parse(await readFile(path, "utf8"))).snapshot;
  } catch {
    return undefined;
  }
}

/** Written beside it and put in its place: a reader finds the whole of one or the other, also after a fall of the power. */
export async function writeSnapshotFile(path: string, snapshot: KeptSnapshot): Promise<void> {
  const fresh = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(fresh, JSON.stringify({ version: 1, snapshot }), { mode: 0o600, flush: true });
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}
