import { type ChildProcess, spawn } from "node:child_process";

export interface Exit {
  code: number | null;
  signal: string | null;
}

/** A process that runs and is ready. */
export interface Running {
  pid: number;
  exited: Promise<Exit>;
  /** Asks it to end; kills it when it has not after the grace. */
  stop: (graceMs?: number) => Promise<void>;
  /** Ends it at once. */
  kill: () => void;
}

const GRACE_MS = 10_000;
const READY_MS = 90_000;

export const describeExit = ({ code, signal }: Exit): string => (signal ? `signal ${signal}` : `code ${code}`);

const isReady = (message: unknown): boolean => typeof message === "object" && message !== null && "ready" in message;

function running(child: ChildProcess, exited: Promise<Exit>): Running {
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid ?? 0,
    exited,
    kill: () => void child.kill("SIGKILL"),
    stop: async (graceMs = GRACE_MS) => {
      if (!hasEnded()) child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

export interface NodeChildOptions {
  cwd: string;
  env: Record<string, string | undefined>;
  /** Node's own, before the script. */
  flags?: string[];
  /** Ends a child that is not ready yet. */
  signal: AbortSignal;
}

/**
 * Starts a script as a child with a channel to it, and answers when it says `{ ready: true }`. The child ends when
 * the channel closes, so that none is left when the launcher is killed.
 * @param script absolute path
 * @throws when it ends, or takes too long, before it is ready
 */
export async function startNodeChild(
  script: string,
  { cwd, env, flags = [], signal }: NodeChildOptions,
): Promise<Running> {
  const child = spawn(process.execPath, [...flags, script], {
    cwd,
    env: { NODE_ENV: "production", ...env },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    // Not in the terminal's process group: Ctrl-C reaches the launcher, which stops all in order.
    detached: true,
  });
  const exited = new Promise<Exit>((done) => {
    child.once("exit", (code, name) => done({ code, signal: name }));
    child.once("error", () => done({ code: 1, signal: null }));
  });
  const ready = new Promise<void>((done) => child.on("message", (message) => isReady(message) && done()));
  const kill = () => void child.kill("SIGKILL");
  const timer = setTimeout(kill, READY_MS);
  signal.addEventListener("abort", kill, { once: true });
  try {
    const early = await Promise.race([ready.then(() => undefined), exited]);
    if (early) throw new Error(`it ended before it was ready (${describeExit(early)})`);
    return running(child, exited);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", kill);
  }
}
