import type { Context } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";
import { type ClaimedCheck, claimDueChecks, releaseChecks } from "./claim-checks";
import { createResultWriter } from "./result-writer";
import { runClaimed } from "./run-claimed";

export interface CheckScheduler {
  start: () => void;
  /** Starts nothing more, gives unstarted checks back, waits for running ones (up to their time-outs) and stores them. */
  stop: () => Promise<void>;
}

/** Checks are claimed this often, and this much before they are due, so that a timer and no query decides when they start. */
const POLL_MS = 2_000;
const AHEAD_MS = 3_200;
/** A claim of more than so many is followed by a sooner one: one worker then keeps up with thousands a second. */
const MANY_CLAIMED = 100;
/** Claimed, running or not yet stored: bounds the memory, also while the database is away. */
const MAX_HELD = 10_000;
const MAX_CLAIM = 2_000;
/** Checks that are this late (after a restart) start one after the other, and not as one flood of connections. */
const LATE_MS = 1_000;
const LATE_SPACING_MS = 0.5;
const STORE_AT_STOP_MS = 5_000;

/**
 * Runs due checks in this process, sharing them with every other one on the same database.
 * @param owner this process's own UUID
 * @param onFlipped called when the stored state of checks is another one: their alerts are looked at
 * @param concurrency the most checks running at once; further ones wait, and are given back when they waited too long
 */
export function createCheckScheduler(
  context: Context,
  {
    owner,
    concurrency = 500,
    onFlipped,
  }: { owner: string; concurrency?: number; onFlipped?: (checkIds: readonly string[]) => void },
): CheckScheduler {
  /** By check id: timer of a claimed one; undefined once it is waiting, running or waiting to be stored. */
  const held = new Map<string, { check: ClaimedCheck; timer?: NodeJS.Timeout }>();
  const waiting: ClaimedCheck[] = [];
  const running = new Set<Promise<void>>();
  const writer = createResultWriter(context, ({ check }) => held.delete(check.id), onFlipped);
  let stopping = false;
  let pollTimer: NodeJS.Timeout | undefined;
  let polling: Promise<number> | undefined;
  let pollFailures = 0;

  const giveBack = async (checks: ClaimedCheck[]): Promise<void> => {
    for (const check of checks) held.delete(check.id);
    await releaseChecks(context, checks).catch((error: unknown) => {
      context.log.warn(
        { error: messageOf(error), checks: checks.length },
        "unstarted checks could not be given back; their leases end soon",
      );
    });
  };

  const run = (check: ClaimedCheck): void => {
    const done = runClaimed(context, check).then(
      (finished) => writer.add(finished),
      (error: unknown) => {
        // runClaimed always answers; should it not, the check is run again when its lease ends.
        held.delete(check.id);
        context.log.error({ check: check.key, error: messageOf(error) }, "a check could not be run");
      },
    );
    running.add(done);
    void done.then(() => {
      running.delete(done);
      startWaiting();
    });
  };

  const startWaiting = (): void => {
    while (running.size < concurrency) {
      const check = stopping ? undefined : waiting.shift();
      if (!check) return;
      const latestStart = check.leaseUntil.getTime() - check.timeoutSeconds * 1000;
      if (context.now().getTime() <= latestStart) run(check);
      else void giveBack([check]);
    }
  };

  const due = (check: ClaimedCheck): void => {
    held.set(check.id, { check });
    waiting.push(check);
    startWaiting();
  };

  const plan = (claimed: ClaimedCheck[]): void => {
    const now = context.now().getTime();
    let late = 0;
    for (const check of claimed) {
      // Somebody ran a check by hand that we had claimed: what we know of it is old.
      const earlier = held.get(check.id);
      if (earlier && !earlier.timer) continue;
      clearTimeout(earlier?.timer);
      const wait = check.scheduledAt.getTime() - now;
      const delay = wait < -LATE_MS ? Math.floor(late++ * LATE_SPACING_MS) : wait;
      if (delay <= 0) due(check);
      else held.set(check.id, { check, timer: setTimeout(due, delay, check) });
    }
  };

  /** @returns how many were claimed */
  const poll = async (): Promise<number> => {
    const limit = Math.min(MAX_CLAIM, MAX_HELD - held.size);
    if (limit <= 0) return 0;
    const now = context.now();
    const except = [...held.values()].filter(({ check }) => check.leaseUntil < now).map(({ check }) => check.id);
    try {
      const claimed = await claimDueChecks(context, { owner, limit, aheadMs: AHEAD_MS, except });
      if (pollFailures > 0) context.log.info({}, "checks are claimed again");
      pollFailures = 0;
      if (stopping) await giveBack(claimed.filter((check) => !held.has(check.id)));
      else plan(claimed);
      return claimed.length;
    } catch (error) {
      if (pollFailures++ === 0)
        context.log.error({ error: messageOf(error) }, "due checks can't be claimed; trying again");
      return 0;
    }
  };

  const loop = async (): Promise<void> => {
    polling = poll();
    const wait = (POLL_MS * MANY_CLAIMED) / Math.max(MANY_CLAIMED, await polling);
    if (!stopping) pollTimer = setTimeout(() => void loop(), wait);
  };

  return {
    start: () => void loop(),
    stop: async () => {
      stopping = true;
      clearTimeout(pollTimer);
      await polling;
      const unstarted = [...held.values()].filter(({ timer }) => timer).map(({ check }) => check);
      for (const { timer } of held.values()) clearTimeout(timer);
      await giveBack([...unstarted, ...waiting.splice(0)]);
      await Promise.all(running);
      await writer.close(STORE_AT_STOP_MS);
    },
  };
}
