/**
 * The arithmetic of a chart's time buckets: whole multiples of the step since 1970 in UTC, so that the same moment always
 * falls into the same bucket, whoever asks and whatever their clock's zone does. Pure.
 */

/** What a step may be when none is asked for: steps that people read off an axis, in seconds. */
const STEPS = [
  60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600, 2_592_000,
  7_776_000, 31_536_000,
] as const;

const WIDEST = 31_536_000;

export interface Buckets {
  stepSeconds: number;
  /** Start of the first bucket: at or before the range's start, so that this bucket is whole too. */
  first: Date;
  count: number;
}

/**
 * The finest readable step that covers the range with at most so many buckets; never below the sampling interval of a minute.
 * @param least nor below so many seconds
 */
export function chooseStep(from: Date, to: Date, points: number, least = 60): number {
  return STEPS.find((step) => step >= least && countBuckets(from, to, step) <= points) ?? WIDEST;
}

/** How many buckets a range touches; it includes its start and excludes its end. */
export function countBuckets(from: Date, to: Date, stepSeconds: number): number {
  const stepMs = stepSeconds * 1000;
  return Math.ceil(to.getTime() / stepMs) - Math.floor(from.getTime() / stepMs);
}

export function bucketsOf(from: Date, to: Date, stepSeconds: number): Buckets {
  const stepMs = stepSeconds * 1000;
  const first = new Date(Math.floor(from.getTime() / stepMs) * stepMs);
  return { stepSeconds, first, count: countBuckets(from, to, stepSeconds) };
}

/** The times of all buckets, in order. */
export function bucketTimes({ first, stepSeconds, count }: Buckets): Date[] {
  return Array.from({ length: count }, (_, i) => new Date(first.getTime() + i * stepSeconds * 1000));
}
