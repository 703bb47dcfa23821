import { notifyChange } from "@/lib/core/changes";
import type { Context } from "@/lib/core/context";
import { type JudgedSeries, judgeSeries } from "./judge-series";
import { storeJudged } from "./store-judged";
import { readWatchedSeries } from "./watched-series";

/** Series that are read and stored together. */
const BATCH = 50;
/** Of a series that has much to catch up on (its history, when it is first looked at) so much at a time. */
export const POINTS_EACH = 3_000;
/** A minute's samples of several processes do not come at once: what is newer waits for the next look. */
const SETTLE_MS = 15_000;

/**
 * Takes the new points of every watched series through its detector, and stores what is odd. Each point is looked at once,
 * in time order; one that comes late is not looked at.
 * @returns how many anomalies were new
 */
export async function watchSeries({ sql, now, log }: Pick<Context, "sql" | "now" | "log">): Promise<number> {
  const until = new Date(now().getTime() - SETTLE_MS);
  let after = 0;
  let found = 0;
  for (;;) {
    const batch = await readWatchedSeries(sql, { after, limit: BATCH, pointsEach: POINTS_EACH, until });
    const last = batch.at(-1);
    if (!last) break;
    after = last.id;
    const judged: JudgedSeries[] = [];
    for (const series of batch) {
      const one = await judgeSeries(series);
      if (one) judged.push(one);
    }
    found += await storeJudged(sql, judged, new Map(batch.map(({ id, latestAt }) => [id, latestAt])));
  }
  if (found > 0) {
    log.info({ anomalies: found }, "anomalies were found");
    await notifyChange(sql, { topic: "metrics" });
  }
  return found;
}
