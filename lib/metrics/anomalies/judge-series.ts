import { BAND_MS } from "./band-slots";
import { ANOMALY_SCORE, type DetectorState, type Point, createDetector, step } from "./detector";
import type { View } from "./views";
import { parseState, serializeState } from "./state";
import type { WatchedSeries } from "./watched-series";

/** A point that is odd, as it is stored. */
export interface FoundAnomaly {
  seriesId: number;
  at: Date;
  score: number;
  kind: View;
  value: number;
  low: number;
  middle: number;
  high: number;
  reason: string;
}

export interface Band {
  seriesId: number;
  at: Date;
  low: number;
  high: number;
}

/** What became of a series' new points. */
export interface JudgedSeries {
  seriesId: number;
  /** The detector after them. */
  state: string;
  latestAt: Date;
  latestValue: number;
  anomalies: FoundAnomaly[];
  bands: Band[];
}

/** Points of one go: what runs in between (checks) waits no longer than some milliseconds. */
const GO = 250;
const breathe = () => new Promise<void>((go) => setImmediate(go));

/**
 * Takes a series' new points through its detector, each once. Gives way to other work now and then.
 * @returns null when there was none
 */
export async function judgeSeries(series: WatchedSeries): Promise<JudgedSeries | null> {
  const last = series.at.at(-1);
  const latestValue = series.values.at(-1);
  if (!last || latestValue === undefined) return null;
  const detector = restore(series.state);
  const judged: JudgedSeries = {
    seriesId: series.id,
    state: "",
    latestAt: last,
    latestValue,
    anomalies: [],
    bands: [],
  };
  let done = 0;
  for (const point of pointsOf(series)) {
    judge(series, detector, point, judged);
    if (++done % GO === 0) await breathe();
  }
  judged.state = serializeState(detector);
  return judged;
}

function judge(series: WatchedSeries, detector: DetectorState, point: Point, into: JudgedSeries): void {
  const before = detector.latest * 1000;
  const { score, expected, reason, kind } = step(detector, point, { unit: series.unit });
  if (!expected) return;
  const { low, middle, high } = expected;
  const isNextBand = Math.floor(point.at.getTime() / BAND_MS) !== Math.floor(before / BAND_MS);
  if (isNextBand) into.bands.push({ seriesId: series.id, at: point.at, low, high });
  if (score < ANOMALY_SCORE || kind === null || reason === null) return;
  into.anomalies.push({
    seriesId: series.id,
    at: point.at,
    score,
    kind,
    value: point.value,
    low,
    middle,
    high,
    reason,
  });
}

/** A state that can't be read (another version's, or damaged) is learned anew. */
function restore(text: string | null): DetectorState {
  if (text === null) return createDetector();
  try {
    return parseState(text) ?? createDetector();
  } catch {
    return createDetector();
  }
}

/** What is judged of a series: its values, or of a counter its increase a second; over a reset there is none. */
export function* pointsOf({ kind, at, values, latestAt, latestValue }: WatchedSeries): Generator<Point> {
  let before = latestAt && latestValue !== null ? { at: latestAt, value: latestValue } : undefined;
  for (const [i, time] of at.entries()) {
    const value = values[i] ?? Number.NaN;
    const point = { at: time, value };
    if (kind !== "counter") {
      if (Number.isFinite(value)) yield point;
      continue;
    }
    if (before && value >= before.value && time > before.at)
      yield { at: time, value: ((value - before.value) * 1000) / (time.getTime() - before.at.getTime()) };
    before = point;
  }
}
