"use client";

import { useEffect, useState } from "react";
import { keepTimes, timeOf, timeUnder } from "./keep-times";
import { absoluteTime } from "./time-format";

const TIP = "time-tip";

interface Place {
  element: HTMLTimeElement;
  x: number;
  y: number;
}

function placeOf(element: HTMLTimeElement): Place {
  const box = element.getBoundingClientRect();
  return { element, x: Math.min(Math.max(box.left + box.width / 2, 128), window.innerWidth - 128), y: box.top - 6 };
}

/**
 * Counts every relative time of the page on, puts clock times into the viewer's zone, and shows the absolute time of the
 * one under the pointer or the focus; Escape hides it. One for the whole page, drawn over it, so no scrolling box clips it.
 */
export function TimeKeeper() {
  const [place, setPlace] = useState<Place | null>(null);
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

  useEffect(() => keepTimes(zone, () => setPlace((shown) => (shown?.element.isConnected ? shown : null))), [zone]);
  useEffect(() => {
    const show = (event: Event) => {
      const element = timeUnder(event.target);
      if (element) setPlace(placeOf(element));
    };
    const hide = (event: Event) => timeUnder(event.target) && setPlace(null);
    const press = (event: KeyboardEvent) => event.key === "Escape" && setPlace(null);
    const listeners = [
      ["pointerover", show],
      ["focusin", show],
      ["pointerout", hide],
      ["focusout", hide],
    ] as const;
    for (const [name, listener] of listeners) document.addEventListener(name, listener);
    document.addEventListener("keydown", press);
    return () => {
      for (const [name, listener] of listeners) document.removeEventListener(name, listener);
      document.removeEventListener("keydown", press);
    };
  }, []);
  // The element is the server's: what names its description is written here.
  const element = place?.element;
  useEffect(() => {
    element?.setAttribute("aria-describedby", TIP);
    return () => element?.removeAttribute("aria-describedby");
  }, [element]);

  if (!place) return null;
  const at = timeOf(place.element);
  return (
    <span
      role="tooltip"
      id={TIP}
      style={{ left: place.x, top: place.y }}
      className="appear pointer-events-none fixed z-50 w-max max-w-64 -translate-x-1/2 -translate-y-full rounded-md bg-ink px-2.5 py-1.5 text-xs text-canvas"
    >
      {absoluteTime(at, zone)}
      {zone === "UTC" ? null : <span className="block opacity-80">{absoluteTime(at, "UTC")}</span>}
    </span>
  );
}
