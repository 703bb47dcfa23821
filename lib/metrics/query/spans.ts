import type { TimeGrid } from "./time-grid";

/** From where to where (excluded) a source is read, in ms. */
export interface Span {
  from: number;
  to: number;
}

export type Tier = "raw" | "hour" | "day";

/** The pieces of a query's range, by what answers them. Together they are the whole range, each moment once. */
export type Spans = Readonly<Record<Tier, readonly Span[]>>;

/** Which roll-ups can be read. */
export interface RollupState {
  until: { hour: number; day: number };
  /** Buckets before `until` that are not computed yet, or not anew since late samples came. */
  open: { hour: ReadonlySet<number>; day: ReadonlySet<number> };
}

export const UNIT_MS = { hour: 3_600_000, day: 86_400_000 } as const;

/**
 * The coarsest tier whose buckets the grid's buckets are made of. An equal step has to be a multiple of the tier's; days of
 * a time zone are made of hours, where it is whole hours from UTC.
 */
export function tierOf({ bounds, stepMs }: TimeGrid): Tier {
  const fits = (unit: number) => bounds.every((bound) => bound % unit === 0);
  if (fits(UNIT_MS.day)) return "day";
  // Zones like India's: all hours of a day but the one that midnight lies in.
  return stepMs === undefined || fits(UNIT_MS.hour) ? "hour" : "raw";
}

/**
 * Cuts a query's range by what answers it: whole days of the day tier, whole hours of the hour tier, samples for the rest
 * (what is not closed yet, what waits to be computed, a part of an hour). Pure.
 * @param rawSince samples from before are no longer kept: there an hour that is only asked for in part is read whole
 */
export function cutSpans(grid: TimeGrid, tier: Tier, state: RollupState, rawSince: number): Spans {
  const from = grid.bounds[0] ?? grid.to;
  const whole: Span = { from, to: tier === "raw" ? grid.to : wholeEnd(grid.to, tier, rawSince) };
  if (whole.from >= whole.to || tier === "raw") return { raw: [whole], hour: [], day: [] };
  const days = tier === "day" ? take([whole], UNIT_MS.day, state.until.day, state.open.day) : none([whole]);
  const cutHours = new Set(state.open.hour);
  for (const bound of grid.bounds)
    if (bound % UNIT_MS.hour !== 0) cutHours.add(Math.floor(bound / UNIT_MS.hour) * UNIT_MS.hour);
  const hours = take(days.rest, UNIT_MS.hour, state.until.hour, cutHours);
  return { raw: hours.rest, hour: hours.taken, day: days.taken };
}

/** The coarsest tier that a query was answered from. */
export function coarsest(spans: Spans): Tier {
  return spans.day.length > 0 ? "day" : spans.hour.length > 0 ? "hour" : "raw";
}

function wholeEnd(to: number, tier: "hour" | "day", rawSince: number): number {
  const unit = UNIT_MS[tier];
  return Math.floor(to / unit) * unit + unit <= rawSince ? Math.ceil(to / unit) * unit : to;
}

const none = (rest: Span[]): { taken: Span[]; rest: Span[] } => ({ taken: [], rest });

/** Takes the whole units before `until` that are not open out of spans. */
function take(spans: readonly Span[], unit: number, until: number, open: ReadonlySet<number>) {
  const taken: Span[] = [];
  const rest: Span[] = [];
  for (const span of spans) {
    const start = Math.ceil(span.from / unit) * unit;
    const end = Math.floor(Math.min(span.to, until) / unit) * unit;
    if (start >= end) {
      rest.push(span);
      continue;
    }
    append(rest, span.from, start);
    for (let at = start; at < end; at += unit) append(open.has(at) ? rest : taken, at, at + unit);
    append(rest, end, span.to);
  }
  return { taken, rest };
}

function append(spans: Span[], from: number, to: number): void {
  if (from >= to) return;
  const last = spans.at(-1);
  if (last?.to === from) last.to = to;
  else spans.push({ from, to });
}
