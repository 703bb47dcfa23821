"use client";

import { useEffect, useState } from "react";

/** So many of a kind are offered. */
const OFFERED = 8;

/** What the server finds for what is typed, asked for a moment after the last key. @param find the same function each time */
export function useFound<Item>(
  find: (query: string, limit: number, signal: AbortSignal) => Promise<readonly Item[]>,
  query: string,
  active: boolean,
): readonly Item[] {
  const [found, setFound] = useState<readonly Item[]>([]);
  useEffect(() => {
    if (!active) return;
    const asked = new AbortController();
    // A lost connection or a newer question: what was found before is still there to choose from.
    const load = () => void find(query, OFFERED, asked.signal).then(setFound, () => undefined);
    const timer = setTimeout(load, query ? 120 : 0);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [find, query, active]);
  return found;
}
