import { randomUUID } from "node:crypto";
import type { Context } from "@/lib/core/context";
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
  return runs;
}
