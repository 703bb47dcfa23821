import { z } from "zod";
import { Problem } from "./errors";

export const MAX_PAGE = 500;

/** What every list verb takes besides its filters. */
export const page = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_PAGE, `must be at most ${MAX_PAGE}`)
    .default(100)
    .meta({ description: "The most items to answer with." }),
  cursor: z.string().max(500).optional().meta({ description: "`next` of the page before." }),
};

/** One page of a list; `next` is the cursor of the page after, or null at the end. */
export interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** The sort keys of a page's last row as one opaque text. */
export function encodeCursor(keys: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString("base64url");
}

/** @throws Problem invalid when the text is no cursor of this list */
export function decodeCursor<T extends z.ZodType>(keys: T, cursor: string): z.output<T> {
  const parsed = keys.safeParse(parseJson(Buffer.from(cursor, "base64url").toString("utf8")));
  if (parsed.success) return parsed.data;
  const message = "This is not a cursor of this list; leave it out to start at the beginning.";
  throw new Problem("invalid", message, [{ path: "cursor", message }]);
}

/**
 * Makes a page of rows that were read with one more than the limit.
 * @param keysOf the sort keys of a row, in the list's order
 */
export function toPage<Row>(
  rows: readonly Row[],
  limit: number,
  keysOf: (row: Row) => readonly (string | number)[],
): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(keysOf(last)) : null };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
