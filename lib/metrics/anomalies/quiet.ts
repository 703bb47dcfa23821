import type { DetectorOptions } from "./options";

export interface QuietState {
  /** When something was last reported or still went on (seconds since 1970), and how many earlier episodes were as large. */
  since: number;
  count: number;
}

export const createQuiet = (): QuietState => ({ since: -1e15, count: 1e9 });

/**
 * Whether a point stands for itself, or belongs to what was already reported.
 *
 * After a report only something clearly odder is reported, for a while that grows with what is known of the series. While
 * points go on being odd the while starts again, so a level shift is one report.
 * @param count how many earlier episodes were as large
 */
export function standsOut(
  state: QuietState,
  second: number,
  elapsedSeconds: number,
  count: number,
  options: DetectorOptions,
): boolean {
  const quietFor = Math.min(options.quietSeconds, options.quietShare * elapsedSeconds);
  if (Math.abs(second - state.since) > quietFor || count <= state.count - options.quietMargin) {
    state.since = second;
    state.count = count;
    return true;
  }
  if (count < options.oddCount) state.since = second;
  return false;
}
