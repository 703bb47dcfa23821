const FIRST_MS = 1_000;
const MOST_MS = 300_000;
/** What a service may ask for at most. */
const MOST_ASKED_MS = 900_000;
/** After so long a message is given up: whoever gets it then is told of what nobody remembers. */
export const GIVE_UP_MS = 86_400_000;

/**
 * How long to wait before the next attempt: twice as long each time from 1 s to 5 min, with jitter so that many don't come
 * back at once; what the service asked for where that is more. Pure.
 * @param attempts so far @param random from 0 to 1
 */
export function backoffMs(attempts: number, retryAfterMs: number | undefined, random: number): number {
  const whole = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(20, attempts - 1));
  const waited = whole / 2 + (whole / 2) * random;
  return Math.max(waited, Math.min(MOST_ASKED_MS, retryAfterMs ?? 0));
}
