import type { EventData } from "../event";

/** Most characters of an event's JSON as it is stored. */
const MAX_LENGTH = 256 * 1024;

/** What is left out of an event that is too large, one after the other until it fits: the least missed first. */
const CUTS: readonly [part: string, cut: (event: EventData) => EventData][] = [
  ["modules", (event) => without(event, "modules")],
  ["variables", (event) => ({ ...event, exceptions: mapFrames(event, (frame) => without(frame, "vars")) })],
  ["extra", (event) => ({ ...event, extra: {} })],
  ["data of breadcrumbs", (event) => ({ ...event, breadcrumbs: event.breadcrumbs.map((one) => without(one, "data")) })],
  ["request data", (event) => (event.request ? { ...event, request: { ...event.request, data: undefined } } : event)],
  ["contexts", (event) => ({ ...event, contexts: {} })],
  [
    "source context",
    (event) => ({
      ...event,
      exceptions: mapFrames(event, (frame) => without(without(frame, "preContext"), "postContext")),
    }),
  ],
  ["breadcrumbs", (event) => ({ ...event, breadcrumbs: [] })],
  [
    "frames",
    (event) => ({ ...event, exceptions: event.exceptions.map((one) => ({ ...one, frames: one.frames.slice(-20) })) }),
  ],
  ["causes", (event) => ({ ...event, exceptions: event.exceptions.slice(-2) })],
  ["request", (event) => without(event, "request")],
];

function without<T extends object, Key extends keyof T>(value: T, key: Key): Omit<T, Key> {
  const { [key]: _, ...rest } = value;
  return rest;
}

type Frame = EventData["exceptions"][number]["frames"][number];

const mapFrames = ({ exceptions }: EventData, change: (frame: Frame) => Frame) =>
  exceptions.map((exception) => ({ ...exception, frames: exception.frames.map(change) }));

/**
 * The event, less what makes it too large; `omitted` says what. Pure.
 * @param size of the JSON that it came as: what is kept of it is hardly more, so that a small one need not be written out
 */
export function fitEvent(event: EventData, size = Infinity): EventData {
  if (size <= MAX_LENGTH / 4) return event;
  let fitting = event;
  const omitted: string[] = [];
  for (const [part, cut] of CUTS) {
    if (JSON.stringify(fitting).length <= MAX_LENGTH) break;
    fitting = cut(fitting);
    omitted.push(part);
  }
  return omitted.length > 0 ? { ...fitting, omitted } : fitting;
}
