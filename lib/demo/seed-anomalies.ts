import type { Context } from "@/lib/core/context";
import { createDetector } from "@/lib/metrics/anomalies/detector";
import { serializeState } from "@/lib/metrics/anomalies/state";
import { POINTS_EACH, watchSeries } from "@/lib/metrics/anomalies/watch-series";
import { demoSeries } from "./demo-series";
import { IS_DEMO } from "./is-demo";

const DEMO_SERIES = "series_id IN (SELECT id FROM metric_series WHERE name = ANY($1::text[]))";
const MINUTE_MS = 60_000;

/**
 * Has the detector look at the made-up history from its start on, as if it had been there all the time: what was usual is
 * drawn at once, and the outages are anomalies. What was found in real samples stays, with what people said of it. Then it
 * forgets: of the real samples that come next, the made-up ones say nothing.
 */
export async function seedAnomalies(
  context: Context,
  { from, now }: { from: Date; now: Date },
  onLook: (done: number, total: number) => void,
): Promise<void> {
  const { sql } = context;
  const names = [...new Set(demoSeries().map(({ name }) => name))];
  await sql.query(`DELETE FROM metric_anomaly_states WHERE ${DEMO_SERIES}`, [names]);
  await sql.query(`DELETE FROM metric_bands WHERE ${DEMO_SERIES}`, [names]);
  await sql.query(`DELETE FROM metric_anomalies WHERE ${DEMO_SERIES} AND ${IS_DEMO("at")}`, [names]);
  const total = Math.ceil((now.getTime() - from.getTime()) / MINUTE_MS / POINTS_EACH);
  for (let look = 1; look <= total; look += 1) {
    await watchSeries(context);
    onLook(look, total);
  }
  await sql.query(`UPDATE metric_anomaly_states SET state = $2 WHERE ${DEMO_SERIES}`, [
    names,
    serializeState(createDetector()),
  ]);
}
