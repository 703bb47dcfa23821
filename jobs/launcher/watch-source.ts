import { spawn } from "node:child_process";
import { join } from "node:path";

export type Watched = "server" | "worker";

const changedBundle = (message: unknown): Watched | undefined => {
  const name = typeof message === "object" && message !== null && "changed" in message ? message.changed : undefined;
  return name === "server" || name === "worker" ? name : undefined;
};

/**
 * Starts the child that bundles again when the source changes (`--dev`); it is a process of its own because it loads esbuild.
 * @param onChanged called when the bundle of a process is another one
 */
export function watchSource(root: string, onChanged: (bundle: Watched) => void): { stop: () => void } {
  const child = spawn(process.execPath, [join(root, ".build/watch.js")], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    detached: true,
  });
  child.on("message", (message) => {
    const bundle = changedBundle(message);
    if (bundle) onChanged(bundle);
  });
  return { stop: () => void child.kill("SIGKILL") };
}
