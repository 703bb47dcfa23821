"use client";

/** An alert as a search shows it. */
interface FoundAlert {
  id: string;
  subject: string;
  severity: string;
}

/** Takes what it knows from an answer of the API; anything else is left out. */
function readAlerts(answer: unknown): FoundAlert[] {
  if (typeof answer !== "object" || answer === null || !("items" in answer) || !Array.isArray(answer.items)) return [];
  return answer.items.flatMap((item: unknown) => {
    const known = typeof item === "object" && item !== null && "id" in item && "subject" in item && "severity" in item;
    return known && typeof item.id === "string" && typeof item.subject === "string"
      ? [{ id: item.id, subject: item.subject, severity: String(item.severity) }]
      : [];
  });
}

/** The open alerts about this, at most so many. @throws Error without a connection */
export async function findAlerts(query: string, limit: number): Promise<FoundAlert[]> {
  const response = await fetch(`/api/v1/alerts?limit=${limit}&query=${encodeURIComponent(query)}`);
  return response.ok ? readAlerts(await response.json()) : [];
}
