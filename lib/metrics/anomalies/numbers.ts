/** The number at an index that is known to be inside. */
export const at = (numbers: ArrayLike<number>, index: number): number => numbers[index] ?? 0;

/** The remainder that is never negative: slots before 1970 have an index too. */
export const wrap = (slot: number, size: number): number => ((slot % size) + size) % size;
