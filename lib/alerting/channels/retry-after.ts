/**
 * How long a service asks to wait: seconds or a date (RFC 9110). Pure.
 * @returns undefined when it does not say, or not in a way that can be read
 */
export function readRetryAfter(value: string | undefined | null, now: Date): number | undefined {
  if (value === undefined || value === null || value.trim() === "") return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}

/** As a field of a DeliveryFailure: absent where nothing was asked. */
export const retryAfterField = (ms: number | undefined): { retryAfterMs?: number } =>
  ms === undefined ? {} : { retryAfterMs: ms };
