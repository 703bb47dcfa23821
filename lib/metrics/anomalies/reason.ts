import { formatRange, formatValue } from "@/lib/core/format";
import type { Expected } from "./band";
import type { DetectorOptions } from "./options";
import type { PROFILES } from "./seasonal-baseline";
import type { View, ViewsState } from "./views";

/** How to word a reason: the metric's unit as in lib/core/format.ts, and the time zone of its reader. */
export interface Wording {
  unit?: string;
  timeZone?: string;
}

/** What a reason is made of. */
export interface Finding {
  view: View;
  at: Date;
  value: number;
  previous: number;
  expected: Expected;
  profile: (typeof PROFILES)[number];
  views: ViewsState;
  /** Usual size of a residual, in the series' unit. */
  usualSize: number;
  options: DetectorOptions;
}

/** A ratio says more than a difference from here on. */
const TELLING_RATIO = 1.5;

const times = (ratio: number): string => `${ratio >= 100 ? Math.round(ratio) : Number(ratio.toPrecision(2))}×`;

function whenOf({ profile, at }: Finding, timeZone: string): string {
  if (profile === "level") return "what is usual";
  const hour = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone }).format(at);
  const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone }).format(at);
  return profile === "day" ? `what is usual at ${hour}:00` : `what is usual on ${weekday}s at ${hour}:00`;
}

/** "4.1× above" where a ratio says something, else "13 ms above". */
function distanceOf(value: number, middle: number, unit: string): string {
  const side = value >= middle ? "above" : "below";
  const [small, large] = [Math.min(value, middle), Math.max(value, middle)];
  const ratio = large / small;
  if (small > 0 && ratio >= TELLING_RATIO) return `${times(ratio)} ${side}`;
  return `${formatValue(large - small, unit)} ${side}`;
}

/** Says what is odd about a point, with numbers and units. Pure. */
export function describeFinding(finding: Finding, { unit = "", timeZone = "UTC" }: Wording): string {
  const { view, value, previous, expected, views, usualSize, options } = finding;
  const show = (amount: number) => formatValue(amount, unit);
  const usual = `usual ${formatRange(expected.low, expected.high, unit)}`;
  const when = whenOf(finding, timeZone);
  const smoothed = (residual: number, points: number) =>
    `${show(Math.abs(residual))} ${residual < 0 ? "below" : "above"} ${when} on average over the last ${points} samples`;
  switch (view) {
    case "value":
      return `${distanceOf(value, expected.middle, unit)} ${when}; ${usual}`;
    case "short":
      return `${smoothed(views.shortResidual, options.shortPoints)}; ${usual}`;
    case "long":
      return `${smoothed(views.longResidual, options.longPoints)}; ${usual}`;
    case "jump":
      return `${value < previous ? "Fell" : "Rose"} from ${show(previous)} to ${show(value)} at once; ${usual}`;
    case "turn":
      return `The last ${options.shortPoints} samples average ${show(views.shortValue)}, the last ${options.longPoints} ${show(views.longValue)}; ${usual}`;
    case "rough": {
      const strays = `Strays ${show(views.roughness)} from ${when} on average over the last ${options.longPoints} samples`;
      return usualSize > 0
        ? `${strays}, ${times(views.roughness / usualSize)} its normal; ${usual}`
        : `${strays}; ${usual}`;
    }
    case "frozen":
      return `Has stood at ${show(value)} for ${views.run} samples; ${usual}`;
  }
}
