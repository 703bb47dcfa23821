import { exactTime, relativeTime, shortTime } from "./time-format";

/** The time of rendering, on the server: in the browser TimeKeeper takes over. */
const nowMs = (): number => Date.now();

interface TimeProps {
  /** Milliseconds since 1970, or an ISO string. */
  at: number | string | Date;
  /** False leaves the text out of the tab order, for lists where a link beside it says the same. */
  focusable?: boolean;
  className?: string;
}

/**
 * "12 s ago". Plain text of the server: TimeKeeper in the frame counts it on, and tells the absolute time in the viewer's
 * zone and in UTC on hover and focus. A list of hundreds of times costs the page no component each.
 */
export function RelativeTime({ at, focusable = true, className }: TimeProps) {
  const time = new Date(at).getTime();
  return (
    <time
      dateTime={new Date(time).toISOString()}
      data-time="ago"
      tabIndex={focusable ? 0 : undefined}
      className={className}
      suppressHydrationWarning
    >
      {relativeTime(time, nowMs())}
    </time>
  );
}

/** "14:02", or "23 Nov, 14:02" when it was not today; in UTC until TimeKeeper puts it in the viewer's zone. */
export function ClockTime({ at, focusable = true, className }: TimeProps) {
  const time = new Date(at).getTime();
  return (
    <time
      dateTime={new Date(time).toISOString()}
      data-time="clock"
      tabIndex={focusable ? 0 : undefined}
      className={className}
      suppressHydrationWarning
    >
      {shortTime(time, "UTC", nowMs())}
    </time>
  );
}

/** "14:02:11.042": of lines of logs and what led to an error. In UTC until TimeKeeper puts it in the viewer's zone. */
export function ExactTime({ at, focusable = true, className }: TimeProps) {
  const time = new Date(at).getTime();
  return (
    <time
      dateTime={new Date(time).toISOString()}
      data-time="exact"
      tabIndex={focusable ? 0 : undefined}
      className={className}
      suppressHydrationWarning
    >
      {exactTime(time, "UTC", nowMs())}
    </time>
  );
}
