import { at, wrap } from "./numbers";
import type { DetectorOptions } from "./options";

const DAY_SECONDS = 86_400;
const WEEK_SECONDS = 7 * DAY_SECONDS;
/** Errors of the profiles are averaged over two weeks of slots: long enough to have seen two weekends. */
const ERROR_DAYS = 14;

/** The profiles, from the simplest: none (the level alone), by time of day, by time of the week. */
export const PROFILES = ["level", "day", "week"] as const;

export interface Profile {
  /** Usual difference from the level, for each slot. */
  offset: Float32Array;
  /** How often the slot was seen; 255 stands for more. */
  visits: Uint8Array;
}

export interface BaselineState {
  level: number;
  slotsSeen: number;
  day: Profile;
  week: Profile;
  /** Mean absolute error of a slot's mean against each profile's forecast. */
  errors: [number, number, number];
  /** Which of PROFILES forecasts now. */
  profile: number;
  /** The slot being filled (slots since 1970), and the sum and number of its points. */
  slot: number;
  sum: number;
  count: number;
  /** Points in a slot, on average. */
  density: number;
}

const emptyProfile = (slots: number): Profile => ({ offset: new Float32Array(slots), visits: new Uint8Array(slots) });

export function createBaseline({ slotSeconds }: DetectorOptions): BaselineState {
  return {
    level: 0,
    slotsSeen: 0,
    day: emptyProfile(Math.round(DAY_SECONDS / slotSeconds)),
    week: emptyProfile(Math.round(WEEK_SECONDS / slotSeconds)),
    errors: [0, 0, 0],
    profile: 0,
    slot: 0,
    sum: 0,
    count: 0,
    density: 0,
  };
}

/** @param startWeight how many visits the start counts for: the week's offsets start from the day's, those from nothing */
function learnOffset(
  profile: Profile,
  index: number,
  offset: number,
  { start, startWeight, most }: { start: number; startWeight: number; most: number },
): void {
  const visits = at(profile.visits, index);
  const before = visits === 0 ? start : at(profile.offset, index);
  profile.offset[index] = before + (offset - before) / Math.min(visits + 1 + startWeight, most);
  profile.visits[index] = Math.min(255, visits + 1);
}

/** Learns from a slot's mean once the slot is over, so that an anomaly is not part of its own forecast. */
function closeSlot(state: BaselineState, options: DetectorOptions): void {
  const { day, week, errors, slot } = state;
  const dayIndex = wrap(slot, day.offset.length);
  const weekIndex = wrap(slot, week.offset.length);
  const mean = state.sum / state.count;
  if (state.slotsSeen === 0) state.level = mean;
  const above = mean - state.level;
  const dayOffset = at(day.offset, dayIndex);
  const weekOffset = at(week.visits, weekIndex) > 0 ? at(week.offset, weekIndex) : dayOffset;
  const offsets = [0, at(day.visits, dayIndex) > 0 ? dayOffset : 0, weekOffset];
  state.slotsSeen += 1;
  const errorRate = 1 / Math.min(state.slotsSeen, (ERROR_DAYS * DAY_SECONDS) / options.slotSeconds);
  offsets.forEach((offset, i) => {
    errors[i] = at(errors, i) + errorRate * (Math.abs(above - offset) - at(errors, i));
  });
  learnOffset(day, dayIndex, above, { start: 0, startWeight: 0, most: options.visits });
  learnOffset(week, weekIndex, above, { start: dayOffset, startWeight: 1, most: options.visits });
  // Until a day is known the level is the plain mean; after that it follows what the profile leaves over.
  const known = state.slotsSeen >= options.levelSlots;
  const step = known ? above - at(offsets, state.profile) : above;
  state.level += step / Math.min(state.slotsSeen, options.levelSlots);
  state.profile = 0;
  for (const i of [1, 2]) {
    if (at(errors, i) < options.profileGain * at(errors, state.profile)) state.profile = i;
  }
  state.density += (state.count - state.density) / Math.min(state.slotsSeen, options.levelSlots);
}

function offsetAt(state: BaselineState, position: number): number {
  const profile = state.profile === 1 ? state.day : state.week;
  const size = profile.offset.length;
  const slot = Math.floor(position);
  const index = wrap(slot, size);
  const own =
    at(profile.visits, index) > 0
      ? at(profile.offset, index)
      : at(state.day.offset, wrap(slot, state.day.offset.length));
  // Between the middles of slots the profile is a straight line; where a slot has a point or two there is no line to draw.
  const part = position - slot;
  const beside = (index + (part < 0.5 ? size - 1 : 1)) % size;
  if (state.density < 2.5 || at(profile.visits, beside) === 0) return own;
  const weight = Math.abs(part - 0.5);
  return own * (1 - weight) + at(profile.offset, beside) * weight;
}

/**
 * What is usual at this time, and then learns from the point.
 *
 * A level that follows slowly, and two profiles of offsets from it: by time of day and by time of the week. The one with
 * the smallest error lately is used, and a finer one only where it is clearly better (a choice of experts), so a series
 * without a daily pattern gets none.
 * @param second seconds since 1970 (UTC)
 * @returns the forecast in the series' own unit
 */
export function stepBaseline(state: BaselineState, second: number, value: number, options: DetectorOptions): number {
  const position = second / options.slotSeconds;
  const slot = Math.floor(position);
  if (state.count > 0 && slot !== state.slot) {
    closeSlot(state, options);
    state.sum = 0;
    state.count = 0;
  }
  state.slot = slot;
  const level = state.slotsSeen > 0 ? state.level : state.count > 0 ? state.sum / state.count : value;
  const forecast = state.profile === 0 ? level : level + offsetAt(state, position);
  state.sum += value;
  state.count += 1;
  return forecast;
}
