import { type EventData, mainException } from "../event";

export interface Title {
  /** "TypeError"; empty for a message alone. */
  type: string;
  value: string;
  /** Where: "app/cart.ts in addItem". */
  culprit: string;
}

const MAX_VALUE = 1_000;

/** How a group is named, by its latest event. Pure. */
export function titleOf(event: EventData): Title {
  const main = mainException(event);
  const text = main ? main.value : (event.message?.text ?? "");
  const name = main?.mechanism?.synthetic ? (main.frames.at(-1)?.function ?? main.type) : (main?.type ?? "");
  const value = cut(text.trim(), MAX_VALUE) || (main ? "" : "(no message)");
  return { type: cut(name, 512), value, culprit: cut(culpritOf(event), 512) };
}

function culpritOf(event: EventData): string {
  const frames = mainException(event)?.frames ?? event.messageFrames ?? [];
  const frame = frames.findLast(({ inApp }) => inApp) ?? frames.at(-1);
  if (!frame) return event.transaction ?? "";
  const place = frame.filename ?? frame.module ?? "";
  return frame.function && place ? `${place} in ${frame.function}` : (frame.function ?? place);
}

function cut(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, "")}…` : text;
}
