"use client";

/** An incident as a search shows it. */
interface FoundIncident {
  id: string;
  number: number;
  title: string;
}

/** Takes what it knows from an answer of the API; anything else is left out. */
function readIncidents(answer: unknown): FoundIncident[] {
  if (typeof answer !== "object" || answer === null || !("items" in answer) || !Array.isArray(answer.items)) return [];
  return answer.items.flatMap((item: unknown) => {
    const named = typeof item === "object" && item !== null && "id" in item && "number" in item && "title" in item;
    return named && typeof item.id === "string" && typeof item.number === "number" && typeof item.title === "string"
      ? [{ id: item.id, number: item.number, title: item.title }]
      : [];
  });
}

/** The incidents with the number or with these words, the latest first. @throws Error without a connection, or when it was aborted */
export async function findIncidents(query: string, limit: number, signal?: AbortSignal): Promise<FoundIncident[]> {
  const response = await fetch(`/api/v1/incidents?limit=${limit}&query=${encodeURIComponent(query)}`, { signal });
  return response.ok ? readIncidents(await response.json()) : [];
}
