import { nextBackoffMs } from "./backoff";
import { type Exit, describeExit } from "./node-child";
import { say } from "./say";
import { StartProblem } from "./start-problem";

/** What can be supervised: a process of ours, or the database. */
export interface Supervisable {
  exited: Promise<Exit>;
  /** Asks it to end and answers when it has. */
  stop: () => Promise<void>;
  /** Ends it at once. */
  kill: () => void;
}

export interface Supervisor<T> {
  /** Settles when the process is ready the first time. @throws StartProblem when it ends several times before */
  ready: Promise<void>;
  /** The process that runs now; undefined between two of them. */
  current: () => T | undefined;
  /** Ends it for good, also in the middle of a start. */
  stop: () => Promise<void>;
}

/** So often a process may end before it was ever ready; then the start is given up. */
const FIRST_STARTS = 3;

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}

/**
 * Starts a process and keeps it running: one that ends is started again, after a wait that doubles while it keeps ending.
 * @param name for the launcher's lines: "web process"
 * @param start starts it and answers when it is ready; called again for each start
 */
export function supervise<T extends Supervisable>(
  name: string,
  start: (signal: AbortSignal) => Promise<T>,
): Supervisor<T> {
  const stopping = new AbortController();
  let current: T | undefined;
  let failures = 0;

  /** One life, from the start to the end. @returns how it ended */
  const live = async (markReady: () => void): Promise<string> => {
    try {
      current = await start(stopping.signal);
    } catch (error) {
      failures += 1;
      return `could not be started: ${(error instanceof Error ? error.message : String(error)).replace(/\.$/, "")}`;
    }
    failures = -Infinity;
    markReady();
    if (stopping.signal.aborted) await current.stop();
    const exit = await current.exited;
    current = undefined;
    return `ended (${describeExit(exit)})`;
  };

  const run = async (markReady: () => void) => {
    let waitMs = 0;
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      const how = await live(markReady);
      if (stopping.signal.aborted) return;
      if (failures >= FIRST_STARTS) {
        throw new StartProblem(`The ${name} ${how}. The lines above say more.`);
      }
      waitMs = nextBackoffMs(waitMs, performance.now() - startedAt);
      say(`The ${name} ${how}; starting it again in ${waitMs / 1000} s.`);
      await pause(waitMs, stopping.signal);
    }
  };

  let running: Promise<void> = Promise.resolve();
  const ready = new Promise<void>((resolve, reject) => {
    // A stop in the middle of the start settles it too: whoever waits looks at its own signal.
    running = run(resolve).then(resolve, reject);
  });
  return {
    ready,
    current: () => current,
    stop: async () => {
      stopping.abort();
      await current?.stop();
      await running;
    },
  };
}
