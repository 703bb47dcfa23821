import type { Context } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";
import { type ClaimedSlot, finishSlot, renewSlot } from "./claim-slot";

/** What a task gets besides the context. */
export interface TaskRun {
  /** The time that this run stands for. */
  slot: Date;
  /** Aborts when another worker has taken the run over. */
  signal: AbortSignal;
}

const MAX_ERROR = 2_000;

/**
 * Runs a claimed slot: renews its lease while it runs, and stores how it ended. Never throws: a failure is stored and logged.
 * @param leaseSeconds renewed at a third of it, so that one lost renewal does not lose the run
 */
export async function runSlot(
  context: Context,
  claimed: ClaimedSlot,
  leaseSeconds: number,
  run: (run: TaskRun) => Promise<void>,
): Promise<void> {
  const { task, slot, attempt } = claimed;
  const about = { task, slot: slot.toISOString(), attempt };
  const lost = new AbortController();
  const renew = async () => {
    // While the database is away nothing can be renewed, and nothing be taken over either.
    const isHeld = await renewSlot(context.sql, claimed, leaseSeconds).catch(() => true);
    if (!isHeld) lost.abort(new Error("another worker has taken this run over"));
  };
  const timer = setInterval(() => void renew(), (leaseSeconds * 1000) / 3);
  let failure: string | undefined;
  try {
    if (attempt > 1) context.log.warn(about, "takes over a run from a worker that died");
    await run({ slot, signal: lost.signal });
  } catch (error) {
    failure = messageOf(error).slice(0, MAX_ERROR);
    context.log.error({ ...about, error: failure }, "a task failed");
  } finally {
    clearInterval(timer);
  }
  const isStored = await finishSlot(context.sql, claimed, failure).catch((error: unknown) => {
    context.log.warn(
      { ...about, error: messageOf(error) },
      "the end of a run could not be stored; it will be run again",
    );
    return true;
  });
  if (!isStored) context.log.warn(about, "another worker has taken this run over");
}
