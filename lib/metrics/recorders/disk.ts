import { stat, statfs } from "node:fs/promises";
import { resolve } from "node:path";
import { defineRecorder } from "../define-recorder";

/** The root, and where the product's own data lies when that is another file system. */
async function paths(dataDir: string): Promise<string[]> {
  const data = resolve(dataDir);
  const [root, own] = await Promise.all([stat("/"), stat(data).catch(() => undefined)]);
  return own && own.dev !== root.dev ? ["/", data] : ["/"];
}

export const disk = defineRecorder({
  label: "Disks",
  scope: "host",
  metrics: {
    disk_usage: {
      unit: "percent",
      title: "Disk",
      description: "Space in use, as df counts it, of the file system at the label path.",
    },
    disk_free: { unit: "bytes", title: "Disk free", description: "Space that an ordinary user may still fill." },
  },
  start: ({ env }) => ({
    record: async () => {
      const readings = await Promise.all(
        (await paths(env.DATA_DIR)).map(async (path) => {
          const { bsize, blocks, bfree, bavail } = await statfs(path);
          const used = blocks - bfree;
          if (used + bavail === 0) return [];
          return [
            { name: "disk_usage" as const, value: (100 * used) / (used + bavail), metadata: { path } },
            { name: "disk_free" as const, value: bavail * bsize, metadata: { path } },
          ];
        }),
      );
      return readings.flat();
    },
  }),
});
