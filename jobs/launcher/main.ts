import { ROOT } from "../root";
import { runLauncher } from "./run-launcher";
import { say } from "./say";

/**
 * `npm start`: SIGINT, SIGTERM and SIGHUP stop all in order, the database last; a second one ends all at once, with the exit
 * code 128 + its number.
 */
const stopping = new AbortController();
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

process.exit(
  await runLauncher(process.argv.slice(2), {
    root: ROOT,
    signal: stopping.signal,
    onForce: (kill) => force.push(kill),
  }),
);
