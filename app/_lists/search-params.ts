/** What a page gets as its `searchParams`. */
export type SearchParams = Promise<Readonly<Record<string, string | string[] | undefined>>>;

/** One value of the address; the first where it stands there several times. */
export function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
