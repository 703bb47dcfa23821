import { ensureNextBuild } from "./next-build";
import { launch } from "./launch";
import { say } from "./say";
import { StartProblem } from "./start-problem";

/**
 * `npm start`: starts the product and keeps it running. SIGINT, SIGTERM and SIGHUP stop all in order, the database last; a
 * second one ends all at once. Exit codes: 0 stopped in order, 1 could not start, 128 + the signal's number when forced.
 */
const stopping = new AbortController();
const undo: (() => unknown)[] = [];
const force: (() => void)[] = [];

for (const [name, number] of [
  ["SIGINT", 2],
  ["SIGTERM", 15],
  ["SIGHUP", 1],
] as const) {
  process.on(name, () => {
    if (!stopping.signal.aborted) {
      say("Stopping …");
      return stopping.abort(new Error("stopped"));
    }
    for (const kill of force) kill();
    process.exit(128 + number);
  });
}

/** The steps' undoing, last step first; one that fails does not keep the others from theirs. */
async function stopAll(): Promise<void> {
  for (const step of undo.toReversed()) {
    try {
      await step();
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  }
}

let code = 0;
try {
  if (process.argv.includes("--build")) {
    await ensureNextBuild(stopping.signal);
  } else {
    await launch({
      dev: process.argv.includes("--dev"),
      signal: stopping.signal,
      defer: (step) => undo.push(step),
      onForce: (kill) => force.push(kill),
    });
  }
} catch (error) {
  if (!stopping.signal.aborted) {
    code = 1;
    process.stderr.write(
      `${error instanceof StartProblem ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
    );
  }
}
await stopAll();
if (stopping.signal.aborted) say("Watchkeeper has stopped.");
process.exit(code);
