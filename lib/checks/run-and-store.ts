import { randomUUID } from "node:crypto";
import { evaluateAlerts } from "@/lib/alerting/evaluation/evaluate-alerts";
import type { Context } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";
import { followAlerts } from "@/lib/incidents/automatic/follow-alerts";
import { claimChecksNow } from "./claim-checks";
import { mapLimited } from "./map-limited";
import { type FinishedRun, runClaimed } from "./run-claimed";
import { storeResults } from "./store-results";

/** Runs checks outside their schedule, side by side, and stores their results. */
export async function runAndStore(
  context: Context,
  ids: readonly string[],
  concurrency: number,
): Promise<FinishedRun[]> {
  const claimed = await claimChecksNow(context, { owner: randomUUID(), ids });
  const runs = await mapLimited(claimed, concurrency, (check) => runClaimed(context, check));
  await storeResults(context, runs);
  const flipped = runs.filter(({ decision }) => decision.flipped).map(({ check }) => check.id);
  if (flipped.length > 0) await lookAtAlerts(context, flipped);
  return runs;
}

/** At once, and at incidents; where it can't be, the worker's next round does it. The run itself is stored and counts. */
async function lookAtAlerts(context: Context, checkIds: readonly string[]): Promise<void> {
  try {
    await evaluateAlerts(context, { checkIds });
    await followAlerts(context);
  } catch (error) {
    context.log.warn({ error: messageOf(error) }, "alerts could not be looked at after a run by hand");
  }
}
