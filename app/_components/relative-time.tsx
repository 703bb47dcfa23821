"use client";

import { useSyncExternalStore } from "react";
import { absoluteTime, relativeTime, shortTime } from "./time-format";
import { subscribeToClock } from "./ticking-clock";
import { Tooltip } from "./tooltip";
import { useZone } from "./zone";

interface TimeProps {
  /** Milliseconds since 1970, or an ISO string. */
  at: number | string | Date;
  focusable?: boolean;
  className?: string;
}

const never = () => () => {};

function Absolute({ at, zone }: { at: number; zone: string }) {
  return (
    <>
      {absoluteTime(at, zone)}
      {zone === "UTC" ? null : <span className="block opacity-80">{absoluteTime(at, "UTC")}</span>}
    </>
  );
}

/** "12 s ago", counting on by itself; the absolute time in the viewer's zone and in UTC on hover and focus. */
export function RelativeTime({ at, focusable, className }: TimeProps) {
  const time = new Date(at).getTime();
  const zone = useZone();
  const snapshot = () => relativeTime(time, Date.now());
  // A string as the snapshot: the component renders again only when its text changes.
  const text = useSyncExternalStore(subscribeToClock, snapshot, snapshot);
  return (
    <Tooltip content={<Absolute at={time} zone={zone} />} focusable={focusable} className={className}>
      <time dateTime={new Date(time).toISOString()} suppressHydrationWarning>
        {text}
      </time>
    </Tooltip>
  );
}

/** "14:02", or "23 Nov, 14:02" when it was not today, in the viewer's zone. */
export function ClockTime({ at, focusable, className }: TimeProps) {
  const time = new Date(at).getTime();
  const zone = useZone();
  const snapshot = () => shortTime(time, zone, Date.now());
  const text = useSyncExternalStore(never, snapshot, snapshot);
  return (
    <Tooltip content={<Absolute at={time} zone={zone} />} focusable={focusable} className={className}>
      <time dateTime={new Date(time).toISOString()} suppressHydrationWarning>
        {text}
      </time>
    </Tooltip>
  );
}
