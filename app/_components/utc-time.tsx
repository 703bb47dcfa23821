import { minuteTime } from "./time-format";

/** "27 Nov 2026, 12:00 UTC": for a document, which says the same to everybody and on paper. */
export function UtcTime({ at }: { at: Date }) {
  return (
    <time dateTime={at.toISOString()} className="whitespace-nowrap">
      {minuteTime(at.getTime(), "UTC")}
    </time>
  );
}
