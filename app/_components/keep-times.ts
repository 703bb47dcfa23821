import { exactTime, relativeTime, shortTime } from "./time-format";

/** The times of relative-time.tsx on the page. */
const TIMES = "time[data-time]";

/** @returns the time that the pointer or the focus is on, if any */
export function timeUnder(target: EventTarget | null): HTMLTimeElement | null {
  return target instanceof Element ? target.closest<HTMLTimeElement>(TIMES) : null;
}

export const timeOf = (element: HTMLTimeElement): number => Date.parse(element.dateTime);

function textOf(kind: string | undefined, at: number, zone: string, now: number): string {
  if (kind === "clock") return shortTime(at, zone, now);
  return kind === "exact" ? exactTime(at, zone, now) : relativeTime(at, now);
}

function write(zone: string): void {
  const now = Date.now();
  for (const element of document.querySelectorAll<HTMLTimeElement>(TIMES)) {
    const at = timeOf(element);
    const text = textOf(element.dataset["time"], at, zone, now);
    // The text node itself: it is React's, and must stay.
    const [node] = element.childNodes;
    if (node && node.nodeValue !== text) node.nodeValue = text;
  }
}

/**
 * Keeps every time of the page right: now, each second, and as soon as new ones appear, before they are painted.
 * @param onChange called when times came or went
 * @returns stops it
 */
export function keepTimes(zone: string, onChange: () => void): () => void {
  const renew = () => {
    write(zone);
    onChange();
  };
  renew();
  const timer = setInterval(() => write(zone), 1000);
  const observer = new MutationObserver(renew);
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ["datetime"] });
  return () => {
    clearInterval(timer);
    observer.disconnect();
  };
}
