import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { facetCache } from "./query/facet-cache";
import type { MetricKind } from "./sample";

export const listMetricNamesInput = z.object({
  query: z.string().max(200).default("").meta({ description: "Parts of the name, whatever their case" }),
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
});

export interface MetricName {
  name: string;
  /** The units of its series; mostly one. */
  units: string[];
  kinds: MetricKind[];
  seriesCount: number;
}

const LIST = `
  SELECT name, array_agg(DISTINCT unit) AS units, array_agg(DISTINCT kind::text) AS kinds, count(*)::int AS "seriesCount"
  FROM metric_series GROUP BY name ORDER BY name`;

/**
 * The metrics there are, for somebody who types: names that hold every word of the text; those that begin with it first.
 * @throws Problem invalid, forbidden
 */
export async function listMetricNames(
  context: Context,
  input: z.input<typeof listMetricNamesInput> = {},
): Promise<MetricName[]> {
  authorize(context.actor, "read");
  const { query, limit } = parseInput(listMetricNamesInput, input, "The query");
  const all = await facetCache(context).get("names", async () => (await context.sql.query<MetricName>(LIST)).rows);
  return rankNames(all, query).slice(0, limit);
}

/** Names with all words of a text, best first: begins with it, has it, has its words. Pure. */
export function rankNames<T extends { name: string }>(all: readonly T[], text: string): T[] {
  const typed = text.trim().toLowerCase();
  const words = typed.split(/[\s_.]+/).filter((word) => word !== "");
  const rank = (name: string) => (name.startsWith(typed) ? 0 : name.includes(typed) ? 1 : 2);
  return all
    .map((one) => ({ one, name: one.name.toLowerCase() }))
    .filter(({ name }) => words.every((word) => name.includes(word)))
    .sort((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1))
    .map(({ one }) => one);
}
