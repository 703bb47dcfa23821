import { at, wrap } from "./numbers";
import type { DetectorOptions } from "./options";

const DAY_SECONDS = 86_400;
/** The band leaves out this share of points on each side: what lies in it is usual. */
const TAIL = 0.025;
/** How far a quantile moves with one point, in usual sizes of a residual: bounded, so an outlier moves it no further. */
const STEP = 0.05;
/** One point counts at most so many usual sizes towards the usual size. */
const CLIP = 5;

export interface BandState {
  points: number;
  /** Usual size of a residual: of all, and for each slot of the day. */
  overall: number;
  spread: Float32Array;
  /** Quantiles of the residual in usual sizes: low, middle, high. */
  quantiles: [number, number, number];
  /** The least value ever seen. */
  least: number;
}

export interface Expected {
  low: number;
  middle: number;
  high: number;
}

export const createBand = ({ slotSeconds }: DetectorOptions): BandState => ({
  points: 0,
  overall: 0,
  spread: new Float32Array(Math.round(DAY_SECONDS / slotSeconds)),
  quantiles: [-2, 0, 2],
  least: 0,
});

const slotOf = (state: BandState, second: number, options: DetectorOptions): number =>
  wrap(Math.floor(second / options.slotSeconds), state.spread.length);

/**
 * What is usual around a forecast: the middle 95 % of the residuals lately, scaled by how much the series usually varies
 * at this time of day. Quantiles, not a deviation, so skew and a trend that the level lags behind are in it.
 */
export function expectedAround(state: BandState, second: number, forecast: number, options: DetectorOptions): Expected {
  const scale = at(state.spread, slotOf(state, second, options)) || state.overall;
  const [low, middle, high] = state.quantiles.map((q) => forecast + q * scale).toSorted((a, b) => a - b);
  // A series that was never negative, such as a duration, is not expected to become so.
  const floor = state.least >= 0 ? 0 : -Infinity;
  const bounded = (value = forecast) => Math.max(floor, value);
  return { low: bounded(low), middle: bounded(middle), high: bounded(high) };
}

/** Learns from one point. Quantiles take steps towards where the right share of points lies on each side. */
export function stepBand(
  state: BandState,
  second: number,
  value: number,
  residual: number,
  options: DetectorOptions,
): void {
  state.points += 1;
  state.least = state.points === 1 ? value : Math.min(state.least, value);
  const size = Math.abs(residual);
  const slot = slotOf(state, second, options);
  const own = at(state.spread, slot);
  const usual = own || state.overall;
  const clipped = usual > 0 ? Math.min(size, CLIP * usual) : size;
  state.overall += (clipped - state.overall) / Math.min(state.points, options.scalePoints);
  // A slot starts from the overall size and follows over a hundred of its own points: some days.
  state.spread[slot] = own > 0 ? own + (clipped - own) / 100 : state.overall;
  if (usual === 0) return;
  const relative = residual / usual;
  [TAIL, 0.5, 1 - TAIL].forEach((share, i) => {
    const quantile = at(state.quantiles, i);
    state.quantiles[i] = quantile + STEP * (relative < quantile ? share - 1 : share);
  });
}
