import { max, ticks } from "d3-array";
import { scaleTime, scaleUtc } from "d3-scale";
import { area, line } from "d3-shape";
import { clockTime, dayOf } from "./time-format";

/** A chart's own units: x from 0 to WIDTH, y from 0 (top) to HEIGHT; the drawing is stretched to its place. */
export const WIDTH = 1000;
export const HEIGHT = 100;

export type Values = readonly (number | null)[];

export interface Frame {
  from: number;
  to: number;
  start: number;
  step: number;
}

export interface VerticalAxis {
  /** The value at the top; the bottom is always 0. */
  top: number;
  ticks: number[];
}

/** A threshold stretches the axis only when values come this near: a limit of 2 s must not flatten answers of 20 ms. */
const NEAR = 0.4;

/** The axis from zero to a round number above all values, and above the thresholds that values come near. Pure. */
export function verticalAxis(
  series: readonly { values: Values }[],
  thresholds: readonly { value: number }[],
  least = 0,
): VerticalAxis {
  const highest = max(series, ({ values }) => max(values, (value) => value ?? undefined) ?? 0) ?? 0;
  const near = thresholds.map(({ value }) => value).filter((value) => highest >= value * NEAR);
  const reached = Math.max(highest, ...near);
  const needed = Math.max(highest * 1.05, ...near.map((value) => value * 1.1)) || 1;
  const steps = ticks(0, needed, 4);
  const distance = (steps[1] ?? needed) - (steps[0] ?? 0);
  const top = least > 0 && reached <= least ? least : Math.ceil(needed / distance - 1e-9) * distance;
  return { top, ticks: ticks(0, top, 4) };
}

/** Where a time stands on the axis: 0 at the left, 1 at the right. */
export function fractionOf(time: number, { from, to }: Frame): number {
  return to > from ? (time - from) / (to - from) : 0;
}

/** The point nearest to a time, within the series. */
export function indexAt(time: number, { start, step }: Frame, count: number): number {
  return Math.min(Math.max(Math.round((time - start) / step), 0), Math.max(count - 1, 0));
}

/** The last point's time is not over yet: its value will still change. */
export function hasPartialEnd({ start, step, to }: Frame, count: number): boolean {
  return count > 0 && start + count * step > to;
}

interface Paths {
  /** Finished points; gaps stay gaps and a lonely point becomes a dot. */
  line: string;
  /** From the last finished point to the one under way, where both exist. */
  partial: string;
  /** The ground under the line. */
  ground: string;
}

/** The drawing of one series. Pure. */
export function seriesPaths(values: Values, frame: Frame, top: number): Paths {
  const x = (_: unknown, index: number) => fractionOf(frame.start + index * frame.step, frame) * WIDTH;
  const y = (value: number | null) => HEIGHT - (Math.min(value ?? 0, top) / top) * HEIGHT;
  const partial = hasPartialEnd(frame, values.length);
  const last = values.length - 1;
  const connected = partial && last > 0 && values[last] !== null && values[last - 1] !== null;
  const isDefined = (value: number | null, index: number) => value !== null && !(connected && index === last);
  const draw = line<number | null>().x(x).y(y).digits(1);
  return {
    line: draw.defined(isDefined)(values) ?? "",
    partial: connected ? (draw.defined((value, index) => value !== null && index >= last - 1)(values) ?? "") : "",
    ground:
      area<number | null>()
        .defined((value) => value !== null)
        .x(x)
        .y0(HEIGHT)
        .y1(y)
        .digits(1)(values) ?? "",
  };
}

/** Round times on the axis with their labels: the clock, or the day where midnight is passed or the range is long. */
export function timeTicks({ from, to }: Frame, zone: string, count: number): { at: number; label: string }[] {
  // d3's own calendar of this process: on the server that is asked for UTC, in the browser the viewer's zone.
  const scale = zone === "UTC" ? scaleUtc() : scaleTime();
  const long = to - from > 2 * 86_400_000;
  return scale
    .domain([from, to])
    .ticks(count)
    .map((date) => {
      const clock = clockTime(date.getTime(), zone);
      return { at: date.getTime(), label: long || clock === "00:00" ? dayOf(date.getTime(), zone) : clock };
    });
}
