import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { decodeCursor, page, type Page, toPage } from "@/lib/core/cursor";
import { parseInput } from "@/lib/core/parse";
import type { Labels } from "./sample";

export interface Series {
  id: number;
  name: string;
  unit: string;
  metadata: Labels;
  createdAt: Date;
}

export const listSeriesInput = z.object({
  name: z.string().max(200).optional().meta({ description: "Series of this metric only." }),
  query: z.string().max(200).optional().meta({ description: "Text in the name or in a label, whatever its case." }),
  ...page,
});

const cursorKeys = z.tuple([z.string(), z.int()]);

/** The series there are, by name. @throws Problem invalid, forbidden */
export async function listSeries(context: Context, input: z.input<typeof listSeriesInput> = {}): Promise<Page<Series>> {
  authorize(context.actor, "read");
  const { name, query, limit, cursor } = parseInput(listSeriesInput, input, "The query");
  const [afterName, afterId] = cursor ? decodeCursor(cursorKeys, cursor) : [null, null];
  const { rows } = await context.sql.query<Series>(
    `SELECT id, name, unit, metadata, created_at AS "createdAt" FROM metric_series
     WHERE ($1::text IS NULL OR name = $1)
       AND ($2::text IS NULL OR strpos(lower(name || ' ' || metadata::text), lower($2)) > 0)
       AND ($3::text IS NULL OR (name, id) > ($3, $4::int))
     ORDER BY name, id LIMIT $5`,
    [name ?? null, query ?? null, afterName, afterId, limit + 1],
  );
  return toPage(rows, limit, (row) => [row.name, row.id]);
}
