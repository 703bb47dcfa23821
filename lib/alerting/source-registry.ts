import { Problem } from "@/lib/core/errors";
import type { SourceType } from "./define-source";
import * as sources from "./sources";

/** Every kind of source; its id is its export's name in kebab-case (`checkState` → `check-state`). */
export const SOURCE_TYPES: ReadonlyMap<string, SourceType> = new Map(
  Object.entries(sources).map(([name, source]) => [
    name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    source,
  ]),
);

/** The kinds that remind of work and do not tell of trouble. */
export const REMINDER_SOURCES: readonly string[] = [...SOURCE_TYPES].flatMap(([id, { isReminder }]) =>
  isReminder ? [id] : [],
);

/** @throws Problem invalid naming the kinds there are */
export function getSourceType(id: string): SourceType {
  const source = SOURCE_TYPES.get(id);
  if (source) return source;
  const message = `There is no source "${id}". There are: ${[...SOURCE_TYPES.keys()].join(", ")}.`;
  throw new Problem("invalid", message, [{ path: "source", message }]);
}
