import { launch } from "./launch";
import { ensureNextBuild } from "./next-build";
import { say } from "./say";
import { StartProblem } from "./start-problem";

/** One step undone; one that fails does not keep the others from theirs. */
async function attempt(step: () => unknown): Promise<void> {
  try {
    await step();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Starts the product and keeps it running until the signal aborts, then stops all in order, the last step first. What keeps it
 * from starting goes to standard error: a sentence, or the stack of what nobody expected.
 * @param args `--dev`: with reload; `--build`: only makes the build
 * @param onForce registers what ends at once when the product is stopped by force
 * @returns the exit code: 0 stopped in order, 1 could not start
 */
export async function runLauncher(
  args: readonly string[],
  { root, signal, onForce }: { root: string; signal: AbortSignal; onForce: (kill: () => void) => void },
): Promise<0 | 1> {
  const undo: (() => unknown)[] = [];
  let code: 0 | 1 = 0;
  try {
    if (args.includes("--build")) await ensureNextBuild(root, signal);
    else await launch({ root, dev: args.includes("--dev"), signal, defer: (step) => undo.push(step), onForce });
  } catch (error) {
    if (!signal.aborted) {
      code = 1;
      const words =
        error instanceof StartProblem ? error.message : error instanceof Error ? error.stack : String(error);
      process.stderr.write(`${words}\n`);
    }
  }
  for (const step of undo.toReversed()) await attempt(step);
  if (signal.aborted) say("Watchkeeper has stopped.");
  return code;
}
