const ZERO = 48;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/**
 * Milliseconds since 1970 of "2026-05-01T12:00:00Z" or "2026-05-01T12:00:00.123Z", the forms that nearly every program
 * writes; undefined for any other text. Several times as fast as a pattern and Date.parse, which read the rest. Pure.
 */
export function parseUtc(text: string): number | undefined {
  const { length } = text;
  if ((length !== 20 && length !== 24) || text.charCodeAt(length - 1) !== 90) return undefined;
  const hasSeparators =
    text.charCodeAt(4) === 45 &&
    text.charCodeAt(7) === 45 &&
    text.charCodeAt(10) === 84 &&
    text.charCodeAt(13) === 58 &&
    text.charCodeAt(16) === 58 &&
    (length === 20 || text.charCodeAt(19) === 46);
  if (!hasSeparators) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  const ms = length === 24 ? digits(text, 20, 3) : 0;
  // NaN, where a character was no digit, is in no range.
  const isTime = hour <= 23 && minute <= 59 && second <= 59 && ms >= 0 && year >= 100 && month >= 1 && month <= 12;
  if (!isTime) return undefined;
  const monthDays = month === 2 && isLeap(year) ? 29 : (DAYS[month - 1] ?? 0);
  return day >= 1 && day <= monthDays ? Date.UTC(year, month - 1, day, hour, minute, second, ms) : undefined;
}

function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i += 1) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
