"use client";

import { useSyncExternalStore } from "react";

/** The time under the pointer, shared by all charts of the page: one cursor. */
let current: number | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Moves the page's cursor; null takes it away. */
export function setCursor(time: number | null): void {
  if (time === current) return;
  current = time;
  for (const listener of listeners) listener();
}

/** The cursor as a chart's own point, so that a chart renders again only when its point changes; null where there is no cursor. */
export function useCursorIndex(toIndex: (time: number) => number): number | null {
  return useSyncExternalStore(
    subscribe,
    () => (current === null ? null : toIndex(current)),
    () => null,
  );
}
