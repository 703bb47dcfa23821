import { z } from "zod";

/** The shapes that answers share, as they go over the wire. */

export const time = z.iso.datetime().meta({ description: "ISO 8601, UTC" });

export const list = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().meta({ description: "Cursor of the next page; null at the end" }),
  });

export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })),
  reference: z.string().optional().meta({ description: "Finds the log line of an unexpected error" }),
});
