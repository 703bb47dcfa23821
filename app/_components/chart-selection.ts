"use client";

import { useRef, useState, type PointerEvent } from "react";

/** A part of the time axis, in ms. */
export interface TimeSpan {
  from: number;
  to: number;
}

/** A drag is one from so many pixels on: a click that trembles selects nothing. */
const LEAST_PIXELS = 6;
const MINUTE_MS = 60_000;

/** Whole minutes around what was selected; undefined where that is too short to be drawn. Pure. */
export function selectedSpan(a: number, b: number): TimeSpan | undefined {
  const from = Math.floor(Math.min(a, b) / MINUTE_MS) * MINUTE_MS;
  const to = Math.ceil(Math.max(a, b) / MINUTE_MS) * MINUTE_MS;
  return to - from >= 2 * MINUTE_MS ? { from, to } : undefined;
}

/** Selecting a part of a chart's time with a mouse or a pen; a finger moves the cursor and the page instead. */
export function useSelection(timeAt: (event: PointerEvent) => number, onSelect?: (span: TimeSpan) => void) {
  const start = useRef<{ x: number; time: number } | null>(null);
  const [selection, setSelection] = useState<TimeSpan | null>(null);
  const stop = () => {
    start.current = null;
    setSelection(null);
  };
  return {
    selection,
    setSelection,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (!onSelect || event.pointerType === "touch" || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, time: timeAt(event) };
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (start.current === null) return;
        if (selection === null && Math.abs(event.clientX - start.current.x) < LEAST_PIXELS) return;
        setSelection({ from: start.current.time, to: timeAt(event) });
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        const span = start.current && selection && selectedSpan(start.current.time, timeAt(event));
        stop();
        if (span) onSelect?.(span);
      },
      onPointerCancel: stop,
    },
  };
}
