import { createHash } from "node:crypto";
import { type EventData, type ExceptionData, mainException } from "../event";
import { COMPILER_NUMBER, frameKey } from "./frame-key";
import { normaliseMessage } from "./normalise-message";

/** One way to say which events are the same error. A better one is a new version beside the old: see ALGORITHMS. */
export interface Algorithm {
  version: number;
  /** What makes two events the same: equal parts, equal group. Pure. */
  partsOf: (event: EventData) => string[];
}

/** Frames nearest the fault that count: who called those does not make it another error. */
const COUNTED_FRAMES = 5;

const version1: Algorithm = {
  version: 1,
  partsOf: (event) => {
    const main = mainException(event);
    if (!main) return ["message", messageOf(event)];
    const stack = stackOf(main);
    if (stack.length === 0) return ["type", typeOf(main), normaliseMessage(main.value)];
    // What it was caused by counts by its kind and place: the same wrapper around another cause is another error.
    const causes = event.exceptions.slice(0, -1).map((cause) => [typeOf(cause), ...stackOf(cause).slice(-1)].join(" "));
    return ["stack", typeOf(main), ...stack, ...causes];
  },
};

/** The current one first; older ones are still tried, so that a change makes nothing new. */
export const ALGORITHMS: readonly Algorithm[] = [version1];

/** A message's template is the same whatever was filled in. */
function messageOf({ message, logger = "", transaction = "" }: EventData): string {
  if (message?.template !== undefined) return message.template;
  return message ? normaliseMessage(message.text) : `${logger} ${transaction}`.trim();
}

/** A synthetic exception has a type that its SDK made up (a signal, an event): the function tells more. */
function typeOf({ type, mechanism, frames }: ExceptionData): string {
  return (mechanism?.synthetic && frames.at(-1)?.function) || type.replaceAll(COMPILER_NUMBER, "<number>");
}

/** The keys of the frames that count; the program's own where there are any. A function that calls itself counts once. */
function stackOf({ frames }: ExceptionData): string[] {
  const own = frames.filter(({ inApp }) => inApp);
  const keys = (own.length > 0 ? own : frames).flatMap((frame) => frameKey(frame) ?? []);
  return keys.filter((key, i) => key !== keys[i - 1]).slice(-COUNTED_FRAMES);
}

export interface GroupKey {
  version: number;
  key: Buffer;
}

const DEFAULT = /^\{\{\s*default\s*\}\}$/;

/**
 * By which keys an event finds its group, the current algorithm's first. A fingerprint that the sender gave is the key; in it
 * `{{ default }}` stands for what the algorithm says. Pure.
 */
export function groupKeys(event: EventData, algorithms = ALGORITHMS): GroupKey[] {
  const { fingerprint } = event;
  const isCustom = fingerprint.length > 0 && !(fingerprint.length === 1 && DEFAULT.test(fingerprint[0] ?? ""));
  if (isCustom && !fingerprint.some((part) => DEFAULT.test(part)))
    return [{ version: algorithms[0]?.version ?? 0, key: hash(["fingerprint", ...fingerprint]) }];
  return algorithms.map(({ version, partsOf }) => {
    const parts = [String(version), ...partsOf(event)];
    const key = isCustom ? fingerprint.flatMap((part) => (DEFAULT.test(part) ? parts : [`=${part}`])) : parts;
    return { version, key: hash(key) };
  });
}

const hash = (parts: readonly string[]): Buffer => createHash("sha256").update(JSON.stringify(parts)).digest();
