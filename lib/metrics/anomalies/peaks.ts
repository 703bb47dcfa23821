import { at } from "./numbers";
import type { DetectorOptions } from "./options";

export interface PeaksState {
  /** The logarithms of the largest peaks of earlier episodes, largest first; the first `size` are in use. */
  largest: Float32Array;
  size: number;
  /** The largest distance in the episode that is going on. */
  present: number;
}

/** Stands for no distance at all, where a logarithm needs a number. */
const LEAST = 1e-300;

export const createPeaks = ({ peaks }: DetectorOptions): PeaksState => ({
  largest: new Float32Array(peaks),
  size: 0,
  present: 0,
});

/**
 * How many earlier episodes were about as large as this, softly: a peak of the same size counts 1, a much smaller one 0.
 * Because it asks for a rank, it needs no assumption about the shape or the scale of the distances.
 */
export function countAsLarge(state: PeaksState, distance: number, options: DetectorOptions): number {
  const { marginFull, marginNone } = options;
  const least = Math.log(Math.max(distance, LEAST)) - marginNone;
  let count = 0;
  for (let i = 0; i < state.size; i++) {
    const weight = (at(state.largest, i) - least) / (marginNone - marginFull);
    if (weight <= 0) break;
    count += Math.min(1, weight);
  }
  return count;
}

/** Ends an episode: its peak joins the largest ones, and those shrink by the share `fade`. */
export function closeEpisode(state: PeaksState, fade: number): void {
  const peak = Math.log(Math.max(state.present, LEAST));
  const { largest } = state;
  for (let i = 0; i < state.size; i++) largest[i] = at(largest, i) - fade;
  let place = state.size;
  while (place > 0 && at(largest, place - 1) < peak) place -= 1;
  if (place < largest.length) {
    largest.copyWithin(place + 1, place, largest.length - 1);
    largest[place] = peak;
    state.size = Math.min(largest.length, state.size + 1);
  }
  state.present = 0;
}
