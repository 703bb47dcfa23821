import { SYSTEM } from "@/lib/core/actor";
import { type Context, asActor } from "@/lib/core/context";
import { writeSamples } from "@/lib/metrics/write-samples";
import { decideState, type StateDecision } from "./check-state";
import type { ClaimedCheck } from "./claim-checks";
import type { CheckResult } from "./define-check";
import { CHECK_TYPES, findCheckType } from "./registry";
import { runCheck } from "./run-check";
import { nextSlot } from "./slots";

/** A run that is ready to be stored. */
export interface FinishedRun {
  check: ClaimedCheck;
  result: CheckResult;
  decision: StateDecision;
  nextDueAt: Date;
}

/** Runs a claimed check. Always answers: a row that no code can run (an unknown type, a broken config) is `crashed`. */
export async function runClaimed(context: Context, check: ClaimedCheck): Promise<FinishedRun> {
  const type = findCheckType(check.type);
  const result = type
    ? await runCheck(type, check.config, check.timeoutSeconds, {
        // Whoever asked for the run: what it measures is the product's own.
        writeSamples: (samples) => writeSamples(asActor(context, SYSTEM), samples),
        ...context,
      })
    : crashed(
        context,
        `There is no check type "${check.type}" in this version. There are: ${[...CHECK_TYPES.keys()].join(", ")}.`,
      );
  const decision = decideState(check, result.status, check.failureThreshold);
  // From now and not from the slot: slots that passed while this one ran or waited are not run later.
  const after = new Date(Math.max(context.now().getTime(), check.scheduledAt.getTime()));
  return { check, result, decision, nextDueAt: nextSlot(check.id, check.intervalSeconds, after) };
}

function crashed(context: Context, message: string): CheckResult {
  return {
    status: "crashed",
    shortSummary: "check broken",
    message,
    meta: {},
    startedAt: context.now(),
    durationMs: 0,
  };
}
