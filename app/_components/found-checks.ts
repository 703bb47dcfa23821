"use client";

/** A check as a search shows it. */
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
