import { HttpFault } from "./respond";

/** How much of requests' bodies is held in memory at once. */
export interface ByteBudget {
  /**
   * Does work that may hold bytes. `take` says how many more; all are given back when the work ends.
   * @throws HttpFault 429 out of `take` when there is no room
   */
  hold: <T>(work: (take: (bytes: number) => void) => Promise<T>) => Promise<T>;
  held: () => number;
}

export function createByteBudget(maxBytes: number): ByteBudget {
  let held = 0;
  return {
    held: () => held,
    hold: async (work) => {
      let mine = 0;
      try {
        return await work((bytes) => {
          if (held + bytes > maxBytes)
            throw new HttpFault(429, "Too much is being received at once; send it again later.", {
              "Retry-After": "1",
            });
          held += bytes;
          mine += bytes;
        });
      } finally {
        held -= mine;
      }
    },
  };
}
