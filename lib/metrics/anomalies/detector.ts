import { type BandState, type Expected, createBand, expectedAround, stepBand } from "./band";
import { at } from "./numbers";
import { DEFAULT_OPTIONS, type DetectorOptions } from "./options";
import { type PeaksState, closeEpisode, countAsLarge, createPeaks } from "./peaks";
import { type QuietState, createQuiet, standsOut } from "./quiet";
import { type Finding, type Wording, describeFinding } from "./reason";
import { type BaselineState, PROFILES, createBaseline, stepBaseline } from "./seasonal-baseline";
import { VIEWS, type View, type ViewsState, createViews, stepViews } from "./views";

/** From this score on a point is called an anomaly, and its answer says why. */
export const ANOMALY_SCORE = 0.5;

/** After so many usual intervals without a point, the point before says nothing about the next. */
const GAP_INTERVALS = 5;
/** Larger values are judged as this large: their squares still fit a number. */
const LARGEST = 1e30;
/** Which view names the reason when several are as sure: from the plainest to say. */
const NAMING_ORDER = ["frozen", "value", "short", "long", "jump", "turn", "rough"] as const satisfies View[];

/** Everything the detector knows of one series. `step` changes it in place; serializeState makes it storable. */
export interface DetectorState {
  options: DetectorOptions;
  /** Seconds since 1970 of the first and the latest point; null before the first. */
  first: number | null;
  latest: number;
  /** Usual seconds from one point to the next. */
  interval: number;
  points: number;
  episodes: number;
  baseline: BaselineState;
  band: BandState;
  views: ViewsState;
  /** In the order of VIEWS. */
  peaks: PeaksState[];
  quiet: QuietState;
}

export interface Point {
  at: Date;
  value: number;
}

export interface Judgement {
  /** How odd, in [0, 1]: 1 when no earlier episode was as large, 0.5 when about four were. 0 for what was just reported. */
  score: number;
  /** The usual band at this time, before this point was learned; null until enough is known. */
  expected: Expected | null;
  /** What is odd, in a sentence; null below ANOMALY_SCORE. */
  reason: string | null;
  /** Which view saw it; null below ANOMALY_SCORE. */
  kind: View | null;
}

/** @returns the state of a series that nothing is known of yet */
export function createDetector(options: Partial<DetectorOptions> = {}): DetectorState {
  const all = { ...DEFAULT_OPTIONS, ...options };
  return {
    options: all,
    first: null,
    latest: 0,
    interval: 0,
    points: 0,
    episodes: 0,
    baseline: createBaseline(all),
    band: createBand(all),
    views: createViews(),
    peaks: VIEWS.map(() => createPeaks(all)),
    quiet: createQuiet(),
  };
}

/** Notes the time of a point. @returns whether it follows a gap */
function stepClock(state: DetectorState, second: number): boolean {
  const between = state.first === null ? 0 : Math.max(0, second - state.latest);
  const gap = state.points > 2 && state.interval > 0 && between > GAP_INTERVALS * state.interval;
  const bounded = gap ? GAP_INTERVALS * state.interval : between;
  if (state.points > 0) state.interval += (bounded - state.interval) / Math.min(state.points, 100);
  state.first ??= second;
  state.latest = Math.max(second, state.latest);
  state.points += 1;
  return gap;
}

/** The view for which the fewest earlier episodes were as large. */
function oddestView(state: DetectorState, distances: Float64Array): { view: View; count: number } {
  let oddest: { view: View; count: number } = { view: "value", count: Infinity };
  for (const view of NAMING_ORDER) {
    const index = VIEWS.indexOf(view);
    const distance = at(distances, index);
    const peaks = state.peaks[index];
    if (!peaks || distance === 0) continue;
    const count = countAsLarge(peaks, distance, state.options);
    if (count < oddest.count) oddest = { view, count };
  }
  return oddest;
}

function learnPeaks(state: DetectorState, distances: Float64Array): void {
  state.peaks.forEach((peaks, i) => (peaks.present = Math.max(peaks.present, at(distances, i))));
  if (state.points % state.options.episodePoints !== 0) return;
  state.episodes += 1;
  const days = (state.interval * state.options.episodePoints) / 86_400;
  for (const peaks of state.peaks) closeEpisode(peaks, state.options.fadePerDay * days);
}

const distances = new Float64Array(VIEWS.length);

/**
 * Judges one point by what came before it, then learns from it. Takes points in time order; a point that is older than
 * the latest is judged as if it came at its own time, and moves no clock back.
 * @param state is changed in place
 * @throws RangeError when the value is not a finite number or the time is no time
 */
export function step(state: DetectorState, { at: time, value: given }: Point, wording: Wording = {}): Judgement {
  const second = time.getTime() / 1000;
  if (!Number.isFinite(given)) throw new RangeError(`An anomaly detector takes finite numbers only, not ${given}.`);
  if (!Number.isFinite(second)) throw new RangeError("An anomaly detector takes points with a valid time only.");
  const value = Math.max(-LARGEST, Math.min(LARGEST, given));
  const { options } = state;
  const gap = stepClock(state, second);
  const previous = state.views.previous;
  const forecast = stepBaseline(state.baseline, second, value, options);
  const residual = value - forecast;
  stepViews(state.views, value, residual, gap, options, distances);
  const elapsed = second - (state.first ?? second);
  const warm = elapsed >= options.warmUpSeconds && state.episodes >= options.warmUpEpisodes;
  const expected = warm ? expectedAround(state.band, second, forecast, options) : null;
  const { view, count } = oddestView(state, distances);
  const reported = expected && Number.isFinite(count) && standsOut(state.quiet, second, elapsed, count, options);
  const judgement: Judgement = { score: 0, expected, reason: null, kind: null };
  if (expected && reported) {
    judgement.score = 1 / (1 + count / options.oddCount);
    if (judgement.score >= ANOMALY_SCORE) {
      const finding: Finding = {
        view,
        at: time,
        value,
        previous,
        expected,
        profile: PROFILES[state.baseline.profile] ?? "level",
        views: state.views,
        usualSize: state.band.overall,
        options,
      };
      judgement.kind = view;
      judgement.reason = describeFinding(finding, wording);
    }
  }
  learnPeaks(state, distances);
  stepBand(state.band, second, value, residual, options);
  return judgement;
}
