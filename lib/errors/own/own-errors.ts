import { AsyncLocalStorage } from "node:async_hooks";
import { hostname } from "node:os";
import type { Context } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";
import type { Logger } from "@/lib/core/log";
import { normaliseEvent } from "../normalise/normalise-event";
import { ensureProject } from "../projects/find-destination";
import { storeEvents } from "../store/store-events";
import { ownEvent } from "./own-event";

/** The project of the product's own errors; made when there is the first. */
export const OWN_PROJECT = "Watchkeeper";

/** Most reports a minute: a fault that repeats without end must not fill the database, nor slow down what still works. */
const MAX_A_MINUTE = 30;
const MINUTE_MS = 60_000;
/** Most that wait for the database. */
const MAX_WAITING = 50;

type Thrown = Parameters<typeof ownEvent>[0];

/** Reports a process's own errors as any program's: never throws, never reports what reporting itself runs into. */
export interface OwnErrors {
  /** The same logger, whose errors are reported too. */
  watch: (log: Logger) => Logger;
  /** From now on there is a database; what was met before is reported. */
  start: (context: Context) => void;
  /** Resolves when it is stored, or can't be. */
  report: (thrown: Thrown) => Promise<void>;
  /** Resolves when nothing waits any more. */
  settle: () => Promise<void>;
}

/** @param process "web", "worker" */
export function createOwnErrors(process: string): OwnErrors {
  const reporting = new AsyncLocalStorage<true>();
  const reporter = { process, host: hostname() };
  let context: Context | undefined;
  let early: { thrown: Thrown; at: Date }[] = [];
  let minute = Number.NaN;
  let reported = 0;
  const running = new Set<Promise<void>>();

  const mayReport = (): boolean => {
    const now = Math.floor(performance.now() / MINUTE_MS);
    if (now !== minute) [minute, reported] = [now, 0];
    reported += 1;
    return reported <= MAX_A_MINUTE && running.size < MAX_WAITING;
  };

  const store = async (thrown: Thrown, at: Date): Promise<void> => {
    if (!context) return void early.push({ thrown, at });
    try {
      const event = normaliseEvent(ownEvent(thrown, reporter, at), { now: context.now() });
      if (event) await storeEvents(context, await ensureProject(context, OWN_PROJECT, "node"), [event]);
    } catch (error) {
      // Most likely the database is what is wrong: the log has the error itself.
      context.log.warn({ error: messageOf(error) }, "an error of this process could not be reported");
    }
  };

  const report = (thrown: Thrown): Promise<void> => {
    if (reporting.getStore() || !mayReport()) return Promise.resolve();
    return track(thrown, context?.now() ?? new Date());
  };

  const track = (thrown: Thrown, at: Date): Promise<void> => {
    const work = reporting.run(true, () => store(thrown, at));
    running.add(work);
    return work.finally(() => running.delete(work));
  };

  return {
    report,
    settle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
    start: (given) => {
      context = given;
      const before = early;
      early = [];
      for (const { thrown, at } of before) void track(thrown, at);
    },
    watch: (log) => ({
      debug: log.debug.bind(log),
      info: log.info.bind(log),
      warn: log.warn.bind(log),
      error: (...parts: [unknown, ...unknown[]]) => {
        Reflect.apply(log.error, log, parts);
        void report({ logged: loggedOf(parts) });
      },
    }),
  };
}

/** What pino's `error` takes: fields and a sentence, or a sentence alone. */
function loggedOf([first, second]: readonly unknown[]) {
  if (typeof first === "string") return { fields: {}, message: first };
  if (first instanceof Error)
    return { fields: { err: first }, message: typeof second === "string" ? second : first.message };
  const fields = typeof first === "object" && first !== null ? { ...first } : {};
  return { fields, message: typeof second === "string" ? second : "an error was logged" };
}

const LAST_WORDS_MS = 5_000;

/**
 * An exception that nobody caught ends the process, once it is logged and reported: the launcher starts it again.
 * @param lastWordsMs it ends after so long also when the report is not stored by then
 */
export function endOnUncaught(own: OwnErrors, log: Logger, lastWordsMs = LAST_WORDS_MS): void {
  let ending = false;
  const end = (uncaught: unknown) => {
    if (ending) return;
    ending = true;
    log.warn(
      { error: messageOf(uncaught), stack: uncaught instanceof Error ? uncaught.stack : undefined },
      "an exception was not caught; the process ends",
    );
    setTimeout(() => process.exit(1), lastWordsMs).unref();
    void own.report({ uncaught }).finally(() => process.exit(1));
  };
  process.on("uncaughtException", end);
  process.on("unhandledRejection", end);
}
