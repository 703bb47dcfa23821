import { Problem } from "@/lib/core/errors";
import type { CheckType } from "./define-check";
import * as types from "./types";

const idOf = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * Every kind of check; a kind's id is its export's name in kebab-case (`diskSpace` → `disk-space`). In the ids' order, wherever
 * its line stands in the index: bundlers keep that order, Node sorts it.
 */
export const CHECK_TYPES: ReadonlyMap<string, CheckType> = new Map(
  Object.entries(types)
    .map(([name, type]) => [idOf(name), type] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1)),
);

export function findCheckType(id: string): CheckType | undefined {
  return CHECK_TYPES.get(id);
}

/** @throws Problem invalid naming the kinds there are */
export function getCheckType(id: string): CheckType {
  const type = CHECK_TYPES.get(id);
  if (type) return type;
  const message = `There is no check type "${id}". There are: ${[...CHECK_TYPES.keys()].join(", ")}.`;
  throw new Problem("invalid", message, [{ path: "type", message }]);
}
