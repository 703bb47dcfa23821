"use client";

/** An error as a search shows it. */
interface FoundError {
  id: string;
  /** "TypeError: x is undefined" */
  name: string;
  culprit: string;
}

/** Takes what it knows from an answer of the API; anything else is left out. */
function readErrors(answer: unknown): FoundError[] {
  if (typeof answer !== "object" || answer === null || !("items" in answer) || !Array.isArray(answer.items)) return [];
  return answer.items.flatMap((item: unknown) => {
    const known = typeof item === "object" && item !== null && "id" in item && "type" in item && "value" in item;
    if (!known || typeof item.id !== "string") return [];
    const name = [item.type, item.value].filter((part) => typeof part === "string" && part !== "").join(": ");
    const culprit = "culprit" in item && typeof item.culprit === "string" ? item.culprit : "";
    return [{ id: item.id, name, culprit }];
  });
}

/** The errors of a project that fit a search, the latest first. @throws Error without a connection */
export async function findErrors(query: string, project: number, limit: number): Promise<FoundError[]> {
  const wanted = new URLSearchParams({ query, project: String(project), limit: String(limit) });
  const response = await fetch(`/api/v1/errors?${wanted}`);
  return response.ok ? readErrors(await response.json()) : [];
}
