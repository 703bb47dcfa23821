/** Work that takes the processor, done in slices: what else the process does comes in between, and none waits for all of it. */
export interface Slices {
  /** Resolves when it is one's turn: what is done then, up to the next wait, counts into the slice. */
  turn: () => Promise<void>;
  /** So many wait for their turn. */
  waiting: () => number;
}

/**
 * First come, first served: once a round of the event loop, as many as fit into a slice, and one at least.
 * @param now monotonic milliseconds
 */
export function createSlices({
  sliceMs,
  now = () => performance.now(),
}: {
  sliceMs: number;
  now?: () => number;
}): Slices {
  let waiting = 0;
  /** When the slice of this round began. */
  let beganAt: number | undefined;

  const isMine = (): boolean => {
    if (beganAt === undefined) {
      beganAt = now();
      // Before all who wait for the next round, since it is asked for before them.
      setImmediate(() => (beganAt = undefined));
    }
    return now() - beganAt < sliceMs;
  };

  return {
    waiting: () => waiting,
    turn: async () => {
      waiting += 1;
      do await new Promise<void>((resolve) => setImmediate(resolve));
      while (!isMine());
      waiting -= 1;
    },
  };
}
