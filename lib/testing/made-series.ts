import type { Point } from "@/lib/metrics/anomalies/detector";

/** Series for tests, made from a fixed sequence of random numbers. */

const START = Date.UTC(2026, 0, 5); // a Monday

export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** A normal number, from twelve uniform ones. */
export const normal = (random: () => number): number => {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random();
  return sum;
};

export interface Moment {
  /** Index of the point, days since the start, hour of the day. */
  index: number;
  day: number;
  hour: number;
  noise: number;
}

/** Points of `days` days, one every `minutes`. */
export function makeSeries(days: number, minutes: number, valueOf: (moment: Moment) => number, seed = 1): Point[] {
  const random = randomNumbers(seed);
  return Array.from({ length: Math.round((days * 1440) / minutes) }, (_, index) => {
    const minute = index * minutes;
    const moment = { index, day: minute / 1440, hour: (minute % 1440) / 60, noise: normal(random) };
    return { at: new Date(START + minute * 60_000), value: valueOf(moment) };
  });
}

/** High by day, low by night. */
export const daily = (hour: number): number => 150 - 50 * Math.cos((2 * Math.PI * hour) / 24);
