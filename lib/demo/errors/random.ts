import { createHash } from "node:crypto";

export type Random = () => number;

/** Numbers from 0 to 1, the same for the same name each time (mulberry32). Pure. */
export function randomOf(name: string): Random {
  let state = createHash("sha256").update(name).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number below. */
export const below = (random: Random, limit: number): number => Math.floor(random() * limit);

export const oneOf = <T>(random: Random, list: readonly [T, ...T[]]): T => list[below(random, list.length)] ?? list[0];
