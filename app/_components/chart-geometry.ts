import { bisectCenter, extent, ticks } from "d3-array";
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
  /** Where each point stands, where they are not evenly apart. */
  times?: readonly number[];
}

export interface VerticalAxis {
  /** The value at the bottom: 0, unless there are negative ones. */
  bottom: number;
  top: number;
  ticks: number[];
}

/** A threshold stretches the axis only when values come this near: a limit of 2 s must not flatten answers of 20 ms. */
const NEAR = 0.4;

interface Drawn {
  values: Values;
  before?: Values;
  usual?: Band;
}

interface Band {
  low: Values;
  high: Values;
}

/**
 * The axis from zero to a round number above all values, and above the thresholds that values come near; down to a round number
 * below where there are negative values. Pure.
 */
export function verticalAxis(
  series: readonly Drawn[],
  thresholds: readonly { value: number }[],
  least = 0,
): VerticalAxis {
  const [low, highest] = reach(series);
  const lowest = Math.min(low, 0);
  const near = thresholds.map(({ value }) => value).filter((value) => highest >= value * NEAR);
  const reached = Math.max(highest, ...near);
  const needed = Math.max(highest * 1.05, ...near.map((value) => value * 1.1), 0) || (lowest < 0 ? 0 : 1);
  const steps = ticks(lowest * 1.05, needed, 4);
  const distance = (steps[1] ?? needed) - (steps[0] ?? 0) || needed - lowest;
  const top = least > 0 && reached <= least ? least : Math.ceil(needed / distance - 1e-9) * distance || 0;
  const bottom = lowest < 0 ? Math.floor((lowest * 1.05) / distance + 1e-9) * distance : 0;
  return { bottom, top, ticks: ticks(bottom, top, 4) };
}

/** The lowest and highest value of all series; 0 where there is none. */
function reach(series: readonly Drawn[]): [number, number] {
  const [low, high] = extent(
    series.flatMap(({ values, before = [], usual }) => [
      ...values,
      ...before,
      ...(usual?.low ?? []),
      ...(usual?.high ?? []),
    ]),
    (value) => value ?? undefined,
  );
  return [low ?? 0, high ?? 0];
}

/** How far above the bottom a value stands: 0 to 1. */
export function heightOf(value: number, { bottom, top }: VerticalAxis): number {
  return (Math.min(Math.max(value, bottom), top) - bottom) / (top - bottom);
}

/** When a point is. */
export function timeOf(index: number, { start, step, times }: Frame): number {
  return times?.[index] ?? start + index * step;
}

/** What happened from a point's time to the next one's. Pure. */
export function marksAt<Mark extends { from: number; to: number | null }>(
  { marks = [], step, to: end }: { marks?: readonly Mark[]; step: number; to: number },
  time: number,
): Mark[] {
  return marks.filter(({ from, to }) => from < time + step && time <= (to ?? end));
}

/** Where a time stands on the axis: 0 at the left, 1 at the right. */
export function fractionOf(time: number, { from, to }: Frame): number {
  return to > from ? (time - from) / (to - from) : 0;
}

/** From where to where a mark stands on the axis, from 0 to 1, within it; undefined where it does not. Pure. */
export function extentOf(
  { from, to }: { from: number; to: number | null },
  frame: Frame,
): { left: number; width: number } | undefined {
  const left = fractionOf(from, frame);
  const right = fractionOf(to ?? frame.to, frame);
  if (right < 0 || left > 1) return undefined;
  return { left: Math.max(left, 0), width: Math.min(right, 1) - Math.max(left, 0) };
}

/** The marks on the axis with their places, the widest first: drawn in this order none lies wholly under another. Pure. */
export function placeMarks<Mark extends { from: number; to: number | null }>(
  marks: readonly Mark[],
  frame: Frame,
): { mark: Mark; left: number; width: number }[] {
  return marks
    .flatMap((mark) => {
      const place = extentOf(mark, frame);
      return place ? [{ mark, ...place }] : [];
    })
    .toSorted((a, b) => b.width - a.width);
}

/** The point nearest to a time, within the series. */
export function indexAt(time: number, { start, step, times }: Frame, count: number): number {
  const nearest = times ? bisectCenter(times, time) : Math.round((time - start) / step);
  return Math.min(Math.max(nearest, 0), Math.max(count - 1, 0));
}

/** The last point's time is not over yet: its value will still change. */
export function hasPartialEnd(frame: Frame, count: number): boolean {
  return count > 0 && timeOf(count - 1, frame) + frame.step > frame.to;
}

interface Paths {
  /** Finished points; gaps stay gaps. */
  line: string;
  /** Points with a gap on both sides, which no line shows. */
  dots: string;
  /** From the last finished point to the one under way, where both exist. */
  partial: string;
}

/** The drawing of one series. Pure. */
export function seriesPaths(values: Values, frame: Frame, axis: VerticalAxis): Paths {
  const x = (_: unknown, index: number) => fractionOf(timeOf(index, frame), frame) * WIDTH;
  const y = (value: number | null) => HEIGHT - heightOf(value ?? 0, axis) * HEIGHT;
  const partial = hasPartialEnd(frame, values.length);
  const last = values.length - 1;
  const connected = partial && last > 0 && values[last] !== null && values[last - 1] !== null;
  const has = (index: number) => (values[index] ?? null) !== null;
  const isLonely = (index: number) => has(index) && !has(index - 1) && !has(index + 1);
  const draw = line<number | null>().x(x).y(y).digits(1);
  return {
    line: draw.defined((_, index) => has(index) && !(connected && index === last) && !isLonely(index))(values) ?? "",
    dots: values
      .map((value, index) => (isLonely(index) ? `M${x(value, index).toFixed(1)},${y(value).toFixed(1)}h0` : ""))
      .join(""),
    partial: connected ? (draw.defined((value, index) => value !== null && index >= last - 1)(values) ?? "") : "",
  };
}

/** The ground under a line, down to zero. Pure. */
export function groundPath(values: Values, frame: Frame, axis: VerticalAxis): string {
  return (
    area<number | null>()
      .defined((value) => value !== null)
      .x((_, index) => fractionOf(timeOf(index, frame), frame) * WIDTH)
      .y0(HEIGHT - heightOf(0, axis) * HEIGHT)
      .y1((value) => HEIGHT - heightOf(value ?? 0, axis) * HEIGHT)
      .digits(1)(values) ?? ""
  );
}

/** The area between what is usual at least and at most; gaps stay gaps. Pure. */
export function bandPath({ low, high }: Band, frame: Frame, axis: VerticalAxis): string {
  const y = (value: number | null | undefined) => HEIGHT - heightOf(value ?? 0, axis) * HEIGHT;
  return (
    area<number | null>()
      .defined((value, index) => value !== null && (high[index] ?? null) !== null)
      .x((_, index) => fractionOf(timeOf(index, frame), frame) * WIDTH)
      .y0(y)
      .y1((_, index) => y(high[index]))
      .digits(1)(low) ?? ""
  );
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
