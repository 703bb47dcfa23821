import { isStorable } from "@/lib/core/storable";
import type { Endpoint } from "./define-endpoint";

/** Finds the endpoints of a path, one a method, with the value of `{id}`. */
export type Matcher = (path: string) => { endpoints: Endpoint[]; id: string } | undefined;

/** Groups endpoints by path once, so that a call costs one look at each path's pattern. A fixed path wins over `{id}`. */
export function createMatcher(endpoints: readonly Endpoint[]): Matcher {
  const byPath = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints) byPath.set(endpoint.path, [...(byPath.get(endpoint.path) ?? []), endpoint]);
  const patterns = [...byPath]
    .filter(([path]) => path.includes("{id}"))
    .map(([path, group]) => ({
      group,
      pattern: new RegExp(`^${path.replaceAll(".", "\\.").replace("{id}", `(${group[0]?.idPattern ?? "[^/]+"})`)}$`),
    }));

  return (given) => {
    const path = given.length > 1 && given.endsWith("/") ? given.slice(0, -1) : given;
    const fixed = byPath.get(path);
    if (fixed) return { endpoints: fixed, id: "" };
    for (const { group, pattern } of patterns) {
      const id = decode(pattern.exec(path)?.[1]);
      if (id !== undefined) return { endpoints: group, id };
    }
    return undefined;
  };
}

/** A malformed escape names nothing, nor does what PostgreSQL can't store. */
function decode(part: string | undefined): string | undefined {
  try {
    const text = part === undefined ? undefined : decodeURIComponent(part);
    return text !== undefined && isStorable(text) ? text : undefined;
  } catch {
    return undefined;
  }
}
