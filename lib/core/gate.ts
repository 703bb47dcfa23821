export interface Gate {
  /** Resolves when it is one's turn. @returns leaves; a second call does nothing */
  enter: () => Promise<() => void>;
}

/**
 * Lets so many pieces of work run side by side; the rest wait their turn, first come, first served.
 * @param limit how many run at a time
 * @param longestMs who stays longer no longer counts, so that a few slow clients cannot close the gate
 */
export function createGate({ limit, longestMs }: { limit: number; longestMs: number }): Gate {
  let inside = 0;
  const waiting: (() => void)[] = [];

  const admit = () => {
    while (inside < limit) {
      const next = waiting.shift();
      if (!next) return;
      inside += 1;
      next();
    }
  };

  return {
    enter: async () => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        admit();
      });
      let left = false;
      const leave = () => {
        if (left) return;
        left = true;
        clearTimeout(timer);
        inside -= 1;
        admit();
      };
      const timer = setTimeout(leave, longestMs);
      timer.unref();
      return leave;
    },
  };
}
