import fc from "fast-check";
import { expect, test } from "vitest";
import { alignBands, BAND_MS, slotsOf } from "./band-slots";

const MINUTE = 60_000;
const LATER = Number.MAX_SAFE_INTEGER;
const minutes = (...all: number[]) => all.map((minute) => minute * MINUTE);

test("buckets of five minutes and more are read as they are, also days that are not equally long", () => {
  expect(slotsOf(minutes(0, 5, 10), 15 * MINUTE)).toEqual(minutes(0, 5, 10));
  const days = [0, 24, 49].map((hour) => hour * 60 * MINUTE);
  expect(slotsOf(days, 73 * 60 * MINUTE)).toEqual(days);
});

test("shorter buckets have what was usual in the five minutes around them", () => {
  const times = minutes(3, 4, 5, 6, 7, 8, 9, 10);
  const slots = slotsOf(times, 11 * MINUTE);
  expect(slots).toEqual(minutes(0, 5, 10));
  const known = new Map([
    [0, 1],
    [1, 2],
    [2, 3],
  ]);
  expect(alignBands(times, slots, known, LATER)).toEqual([1, 1, 2, 2, 2, 2, 2, 3]);
});

test("where nothing is known there is a gap; the newest stands for ten minutes more", () => {
  const times = Array.from({ length: 30 }, (_, i) => i * MINUTE);
  const slots = slotsOf(times, 30 * MINUTE);
  const known = new Map([
    [0, 1],
    [2, 3],
  ]);
  const aligned = alignBands(times, slots, known, LATER);
  const expected = (minute: number) => (minute < 5 ? 1 : minute < 10 ? null : minute <= 20 ? 3 : null);
  expect(aligned).toEqual(times.map((_, minute) => expected(minute)));
  expect(alignBands(times, slots, known, 14 * MINUTE).slice(13, 17)).toEqual([3, 3, null, null]);
  expect(alignBands(times, slots, new Map(), LATER)).toEqual(times.map(() => null));
});

test("each bucket has what is known of the slot that it begins in", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_440 }),
      fc.integer({ min: 0, max: 10_000 }),
      fc.integer({ min: 1, max: 200 }),
      (stepMinutes, first, count) => {
        const step = stepMinutes * MINUTE;
        const times = Array.from({ length: count }, (_, i) => (first + i) * step);
        const slots = slotsOf(times, (first + count) * step);
        const known = new Map(slots.map((at, slot) => [slot, at]));
        alignBands(times, slots, known, LATER).forEach((at, i) => {
          const time = times[i] ?? 0;
          expect(at).toBe(step < BAND_MS && count > 1 ? Math.floor(time / BAND_MS) * BAND_MS : time);
        });
      },
    ),
  );
});
