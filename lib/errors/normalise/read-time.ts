/** A number that is seconds since 1970, or milliseconds where seconds would lie millennia ahead. */
const MAX_SECONDS = 100_000_000_000;

/**
 * A time as SDKs write it: seconds since 1970 or RFC 3339, which without a zone means UTC. Undefined when it is none. Pure.
 */
export function readTime(value: unknown): Date | undefined {
  const number = typeof value === "string" && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof number === "number") {
    const time = new Date(Math.round(number < MAX_SECONDS ? number * 1_000 : number));
    return number > 0 && !Number.isNaN(time.getTime()) ? time : undefined;
  }
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}[T ]/.test(value)) return undefined;
  const time = new Date(/(Z|[+-]\d{2}:?\d{2})$/i.test(value) ? value : `${value}Z`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
