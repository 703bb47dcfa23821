"use client";

import { useEffect, useState } from "react";

/** A check as the search shows it. */
export interface FoundCheck {
  id: string;
  label: string;
}

/** Takes what it knows from an answer of the API; anything else is left out. */
function readChecks(answer: unknown): FoundCheck[] {
  if (typeof answer !== "object" || answer === null || !("items" in answer) || !Array.isArray(answer.items)) return [];
  return answer.items.flatMap((item: unknown) => {
    const named = typeof item === "object" && item !== null && "id" in item && "label" in item;
    return named && typeof item.id === "string" && typeof item.label === "string"
      ? [{ id: item.id, label: item.label }]
      : [];
  });
}

/** The checks whose name fits what is typed, asked for a moment after the last key. */
export function useFoundChecks(query: string, active: boolean): readonly FoundCheck[] {
  const [found, setFound] = useState<readonly FoundCheck[]>([]);
  useEffect(() => {
    if (!active) return;
    const asked = new AbortController();
    const load = async () => {
      const response = await fetch(`/api/v1/checks?limit=8&query=${encodeURIComponent(query)}`, {
        signal: asked.signal,
      });
      setFound(response.ok ? readChecks(await response.json()) : []);
    };
    // A lost connection or a newer question: the pages and actions are still there to choose from.
    const timer = setTimeout(() => void load().catch(() => undefined), query ? 120 : 0);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [query, active]);
  return found;
}
