import { formatDuration } from "@/lib/core/format";
import { Problem } from "@/lib/core/errors";

const WINDOW_MS = 15 * 60_000;
const MAX_FAILURES = 10;
const MAX_KEYS = 10_000;

export interface AttemptLimit {
  /**
   * Counts an attempt before it is made, so that many at the same time don't all slip through.
   * @throws Problem unavailable, saying when to try again
   */
  begin: (key: string) => void;
  /** The attempt was right: the failures before it are forgiven. */
  succeed: (key: string) => void;
}

/** At most 10 failures in any 15 minutes for a key (a sliding window), in this process's memory. */
export function createAttemptLimit({ now }: { now: () => Date }): AttemptLimit {
  const attempts = new Map<string, number[]>();
  return {
    begin: (key) => {
      const time = now().getTime();
      const recent = (attempts.get(key) ?? []).filter((at) => at > time - WINDOW_MS);
      const oldest = recent[recent.length - MAX_FAILURES];
      if (oldest !== undefined) {
        const wait = formatDuration(Math.ceil((oldest + WINDOW_MS - time) / 1000));
        throw new Problem("unavailable", `Too many failed attempts; try again in ${wait}.`);
      }
      // Set anew, so that the map's order is the age and the oldest key is the one to forget.
      attempts.delete(key);
      attempts.set(key, [...recent, time]);
      for (const [first] of attempts) {
        if (attempts.size <= MAX_KEYS) break;
        attempts.delete(first);
      }
    },
    succeed: (key) => void attempts.delete(key),
  };
}
