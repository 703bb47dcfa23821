"use client";

/** An item of an answer, of which nothing is known yet. */
export type UnknownItem = Readonly<Record<string, unknown>>;

const isItem = (value: unknown): value is UnknownItem => typeof value === "object" && value !== null;

interface Search<Found> {
  /** Where in the API. */
  path: string;
  wanted: Readonly<Record<string, string | number>>;
  /** Takes what is known of an item; undefined: it is left out. */
  read: (item: UnknownItem) => Found | undefined;
  signal?: AbortSignal | undefined;
}

/** What a list of the API has for a search; nothing where it is refused. @throws Error without a connection, or when it was aborted */
export async function findItems<Found>({ path, wanted, read, signal }: Search<Found>): Promise<Found[]> {
  const words = new URLSearchParams(Object.entries(wanted).map(([name, value]) => [name, String(value)]));
  const response = await fetch(`${path}?${words}`, signal ? { signal } : {});
  const answer: unknown = response.ok ? await response.json() : undefined;
  const items: unknown = isItem(answer) ? answer["items"] : undefined;
  return Array.isArray(items) ? items.flatMap((item: unknown) => (isItem(item) ? (read(item) ?? []) : [])) : [];
}
