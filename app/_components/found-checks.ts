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

/** The checks whose name fits, at most so many. @throws Error without a connection, or when it was aborted */
export async function findChecks(query: string, limit: number, signal?: AbortSignal): Promise<FoundCheck[]> {
  const response = await fetch(`/api/v1/checks?limit=${limit}&query=${encodeURIComponent(query)}`, { signal });
  return response.ok ? readChecks(await response.json()) : [];
}

/** The checks whose name fits what is typed, asked for a moment after the last key. */
export function useFoundChecks(query: string, active: boolean): readonly FoundCheck[] {
  const [found, setFound] = useState<readonly FoundCheck[]>([]);
  useEffect(() => {
    if (!active) return;
    const asked = new AbortController();
    const load = async () => setFound(await findChecks(query, 8, asked.signal));
    // A lost connection or a newer question: the pages and actions are still there to choose from.
    const timer = setTimeout(() => void load().catch(() => undefined), query ? 120 : 0);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [query, active]);
  return found;
}
