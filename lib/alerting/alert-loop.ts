import type { Context } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";
import { type Evaluation, type Scope, evaluateAlerts } from "./evaluation/evaluate-alerts";
import { FOLLOWS_ERRORS } from "./evaluation/read-sources";

export interface AlertLoop {
  /** Checks flipped: their alerts are looked at now. */
  flipped: (checkIds: readonly string[]) => void;
  /** An error is new or has come back: the rules about errors are looked at now. */
  errorsChanged: () => void;
  /** Looks at everything: the minute's round. @throws when the database is away */
  round: () => Promise<Evaluation>;
  stop: () => Promise<void>;
}

const MAX_RETRY_MS = 10_000;
/** Not sooner after one another: a check that flips all the time costs no more. */
const MIN_WAIT_MS = 50;
/** New errors come in swarms: those of so long are looked at together, and go out as one message. */
const ERRORS_WAIT_MS = 500;

/**
 * Looks at alerts between the minute's rounds: when checks flip, when errors are new or come back, and when an alert falls
 * due by itself. What can't be looked at since the database is away is looked at when it is back.
 * @param onQueued called when there is something to send
 * @param onChanged called when alerts were written: must return at once
 */
export function createAlertLoop(
  context: Context,
  onQueued: () => void,
  onChanged: () => void = () => undefined,
): AlertLoop {
  const waiting = new Set<string>();
  let hasErrors = false;
  let timer: NodeJS.Timeout | undefined;
  let firesAt = Number.POSITIVE_INFINITY;
  let running: Promise<void> | undefined;
  let failures = 0;
  let stopped = false;

  const evaluate = async (scope: Scope): Promise<Evaluation> => {
    const evaluation = await evaluateAlerts(context, scope);
    if (evaluation.changed > 0) onChanged();
    if (evaluation.queued > 0) onQueued();
    if (evaluation.lookAgainAt) {
      schedule(evaluation.lookAgainAt.getTime() - context.now().getTime() + MIN_WAIT_MS, true);
    }
    return evaluation;
  };

  let isDue = false;
  const schedule = (delayMs: number, due = false) => {
    isDue ||= due;
    const at = performance.now() + Math.max(0, delayMs);
    if (stopped || firesAt <= at) return;
    clearTimeout(timer);
    firesAt = at;
    timer = setTimeout(
      () => {
        firesAt = Number.POSITIVE_INFINITY;
        running ??= work().finally(() => {
          running = undefined;
          const retryMs = Math.min(MAX_RETRY_MS, 250 * 2 ** failures);
          if (waiting.size > 0) schedule(failures > 0 ? retryMs : 0);
          if (hasErrors) schedule(failures > 0 ? retryMs : ERRORS_WAIT_MS);
        });
      },
      Math.max(0, delayMs),
    );
  };

  const work = async () => {
    const checkIds = [...waiting];
    const all = isDue;
    const errors = hasErrors;
    isDue = false;
    hasErrors = false;
    waiting.clear();
    try {
      // An alert that falls due by itself: all that follow checks are looked at.
      if (all) await evaluate({ sources: ["check-state"] });
      else if (checkIds.length > 0) await evaluate({ checkIds });
      if (errors) await evaluate({ sources: FOLLOWS_ERRORS });
      failures = 0;
    } catch (error) {
      for (const id of checkIds) waiting.add(id);
      isDue ||= all;
      hasErrors ||= errors;
      if (failures++ === 0) context.log.error({ error: messageOf(error) }, "alerts can't be looked at; trying again");
      if (all) schedule(Math.min(MAX_RETRY_MS, 250 * 2 ** failures), true);
    }
  };

  return {
    flipped: (checkIds) => {
      for (const id of checkIds) waiting.add(id);
      if (!running && failures === 0) schedule(0);
    },
    errorsChanged: () => {
      hasErrors = true;
      if (!running && failures === 0) schedule(ERRORS_WAIT_MS);
    },
    round: () => evaluate({}),
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
