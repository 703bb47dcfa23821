import { messageOf } from "@/lib/core/errors";
import type { Context } from "@/lib/core/context";
import type { FinishedRun } from "./run-claimed";
import { storeResults } from "./store-results";

/** Results wait so long for company: one statement for many costs the database a tenth of one for each. */
const GATHER_MS = 250;
/** Where many come, they wait longer. A worker that is killed loses what waits, and those checks are run again. */
const GATHER_MANY_MS = 1_000;
const MANY = 10;
/** A flip is what people wait for. */
const GATHER_FLIP_MS = 50;
const MAX_BATCH = 500;
const MAX_RETRY_MS = 2_000;

export interface ResultWriter {
  add: (run: FinishedRun) => void;
  /** Stores all that was added, or gives up at the deadline. */
  close: (deadlineMs: number) => Promise<void>;
}

/**
 * Stores results in batches, one at a time. While the database is away they are kept and tried again; the caller bounds how
 * many (the scheduler claims nothing without a database). A batch that the database refuses is halved until the bad run is
 * alone: that one is given up and reported, its lease ends and it is run again.
 * @param onSettled called for each run that was stored, dropped or given up
 * @param onFlipped called with the checks whose stored state is another one now
 */
export function createResultWriter(
  context: Context,
  onSettled: (run: FinishedRun) => void,
  onFlipped: (checkIds: readonly string[]) => void = () => undefined,
): ResultWriter {
  const pending: FinishedRun[] = [];
  let timer: NodeJS.Timeout | undefined;
  let firesAt = Number.POSITIVE_INFINITY;
  let writing: Promise<void> | undefined;
  let failures = 0;

  /** Sets the timer, or brings it forward. */
  const schedule = (delayMs: number, gathered = 0) => {
    const at = performance.now() + delayMs;
    if (writing || pending.length === 0 || firesAt <= at) return;
    clearTimeout(timer);
    firesAt = at;
    timer = setTimeout(() => {
      firesAt = Number.POSITIVE_INFINITY;
      const isWorthWaiting = failures === 0 && pending.length >= MANY && pending.length < MAX_BATCH;
      const more = GATHER_MANY_MS - gathered - delayMs;
      if (isWorthWaiting && more > 0 && !pending.some(isFlip)) schedule(more, gathered + delayMs);
      else void write();
    }, delayMs);
  };

  /** @throws only when the database is away */
  const store = async (batch: FinishedRun[]): Promise<void> => {
    try {
      const stored = await storeResults(context, batch);
      if (stored < batch.length)
        context.log.info({ dropped: batch.length - stored }, "results of lost leases were dropped");
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const [only] = batch;
      if (batch.length === 1 && only) {
        const { key, type } = only.check;
        context.log.error(
          { check: key, type, error: messageOf(error) },
          "the database refuses this check's result; it is given up",
        );
        return;
      }
      const middle = batch.length >> 1;
      await store(batch.slice(0, middle));
      await store(batch.slice(middle));
    }
  };

  const writeBatch = async (): Promise<void> => {
    const batch = pending.slice(0, MAX_BATCH);
    try {
      await store(batch);
      if (failures > 0) context.log.info({ waiting: pending.length }, "results are stored again");
      failures = 0;
      pending.splice(0, batch.length);
      for (const run of batch) onSettled(run);
      const flipped = batch.filter(isFlip);
      if (flipped.length > 0) onFlipped(flipped.map(({ check }) => check.id));
    } catch (error) {
      if (failures++ === 0)
        context.log.error(
          { error: messageOf(error), waiting: pending.length },
          "results can't be stored; they are kept and tried again",
        );
    }
  };

  const write = async (): Promise<void> => {
    writing ??= writeBatch();
    await writing;
    writing = undefined;
    if (failures > 0) return schedule(Math.min(MAX_RETRY_MS, 100 * 2 ** failures));
    if (pending.length >= MAX_BATCH) return schedule(0);
    schedule(pending.some(isFlip) ? GATHER_FLIP_MS : GATHER_MS);
  };

  return {
    add: (run) => {
      pending.push(run);
      // While the database is away the timer of the next try stands.
      if (failures > 0) return;
      if (pending.length >= MAX_BATCH) schedule(0);
      else if (isFlip(run)) schedule(GATHER_FLIP_MS);
      else if (firesAt === Number.POSITIVE_INFINITY) schedule(GATHER_MS);
    },
    close: async (deadlineMs) => {
      const deadline = performance.now() + deadlineMs;
      while (pending.length > 0 && performance.now() < deadline) {
        if (writing) await writing;
        else await write();
        if (failures > 0) await new Promise((resume) => setTimeout(resume, 250));
      }
      clearTimeout(timer);
      if (pending.length > 0)
        context.log.error(
          { lost: pending.length },
          "the database is away: these results are lost, their checks run again",
        );
    },
  };
}

const isFlip = (run: FinishedRun): boolean => run.decision.flipped;

/** Does the database refuse the data (SQLSTATE classes 21 to 23 and 42), rather than being away, busy or restarting? */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    /^(2[123]|42)[0-9A-Z]{3}$/.test(error.code)
  );
}
