import { at } from "./numbers";
import type { DetectorOptions } from "./options";

/** The ways of looking at a series. Each gives a distance from what is usual, 0 or more, in any unit. */
export const VIEWS = ["jump", "value", "short", "long", "rough", "turn", "frozen"] as const;
export type View = (typeof VIEWS)[number];

export interface ViewsState {
  points: number;
  previous: number;
  /** Points in a row that had the same value. */
  run: number;
  /** Residuals smoothed over the short and long span, the size of residuals over the long one. */
  shortResidual: number;
  longResidual: number;
  roughness: number;
  /** Values smoothed over the short and the long span. */
  shortValue: number;
  longValue: number;
  /** Mean squares of the residual and of the smoothed ones. */
  squares: [number, number, number];
}

export const createViews = (): ViewsState => ({
  points: 0,
  previous: 0,
  run: 0,
  shortResidual: 0,
  longResidual: 0,
  roughness: 0,
  shortValue: 0,
  longValue: 0,
  squares: [0, 0, 0],
});

/** Distance relative to its usual size, which is learned afterwards. */
function relative(squares: number[], index: number, distance: number, rate: number): number {
  const square = at(squares, index);
  const usual = Math.sqrt(square);
  squares[index] = square + rate * (distance * distance - square);
  return usual > 0 ? Math.abs(distance) / usual : 0;
}

/**
 * The distances of one point, in the order of VIEWS.
 * - jump: from the point before. A spike or a step, whatever the level.
 * - value, short, long: the residual against the forecast, as it is and smoothed over the short and the long span, relative
 *   to its usual size. What is far, what stays off for a while, what stays off mildly for long.
 * - rough: the mean size of residuals over the long span. Noise that grows, a pattern that breaks.
 * - turn: the short mean against the long mean of the values. A change of pace, at whatever time of day.
 * - frozen: the number of equal values in a row, from an episode's length on and while the series has varied for longer.
 * @param gap whether the point follows a gap, so that the point before says nothing about it
 */
export function stepViews(
  state: ViewsState,
  value: number,
  residual: number,
  gap: boolean,
  options: DetectorOptions,
  into: Float64Array,
): void {
  const n = ++state.points;
  const first = n === 1;
  const shortRate = Math.max(2 / (options.shortPoints + 1), 1 / n);
  const longRate = Math.max(2 / (options.longPoints + 1), 1 / n);
  const scaleRate = 1 / (Math.min(n, options.scalePoints) + 1);
  state.shortResidual += shortRate * (residual - state.shortResidual);
  state.longResidual += longRate * (residual - state.longResidual);
  state.roughness += longRate * (Math.abs(residual) - state.roughness);
  state.shortValue += shortRate * (value - state.shortValue);
  state.longValue += longRate * (value - state.longValue);
  state.run = !first && !gap && value === state.previous ? state.run + 1 : 1;
  into[0] = first || gap ? 0 : Math.abs(value - state.previous);
  into[1] = relative(state.squares, 0, residual, scaleRate);
  into[2] = relative(state.squares, 1, state.shortResidual, scaleRate);
  into[3] = relative(state.squares, 2, state.longResidual, scaleRate);
  into[4] = state.roughness;
  into[5] = Math.abs(state.shortValue - state.longValue);
  into[6] = state.run >= options.episodePoints && 2 * state.run < n ? state.run : 0;
  state.previous = value;
}
