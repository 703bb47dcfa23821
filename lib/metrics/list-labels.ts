import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { facetCache } from "./query/facet-cache";
import { MATCHES, asProblem } from "./query/find-series";
import { matchers } from "./query/matchers";
import { metricName } from "./sample";

/** How many values of each label are shown before somebody types. */
const VALUES_SHOWN = 10;

export const listLabelsInput = z.object({
  name: metricName,
  /** Counts only series that fit these. */
  matchers: matchers.default([]),
});

export const listLabelValuesInput = listLabelsInput.extend({
  label: z.string().min(1).max(100),
  query: z.string().max(200).default("").meta({ description: "How the value begins, whatever its case" }),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

export interface LabelValue {
  value: string;
  /** How many series have it. */
  seriesCount: number;
}

export interface Label {
  label: string;
  /** How many different values. */
  valueCount: number;
  /** Those of most series. */
  values: LabelValue[];
}

/** $1 name, $2 matchers: every label of every series of a metric. */
const PAIRS = `
  FROM metric_series s CROSS JOIN LATERAL jsonb_each_text(s.metadata) AS l(label, value)
  WHERE s.name = $1 AND NOT EXISTS (
    SELECT FROM jsonb_to_recordset($2::jsonb) AS m(label text, op text, value text) WHERE NOT ${MATCHES}
  )`;

const LIST_LABELS = `
  SELECT label, count(*)::int AS "valueCount",
    (array_agg(jsonb_build_object('value', value, 'seriesCount', n) ORDER BY n DESC, value))[:${VALUES_SHOWN}] AS values
  FROM (SELECT label, value, count(*)::int AS n ${PAIRS} GROUP BY 1, 2) AS counted
  GROUP BY label ORDER BY label`;

const LIST_VALUES = `
  SELECT value, count(*)::int AS "seriesCount" ${PAIRS} AND label = $3 AND starts_with(lower(value), lower($4))
  GROUP BY value ORDER BY 2 DESC, 1 LIMIT $5`;

/** The labels of a metric's series, each with how many values it has and the most frequent of them. @throws Problem invalid, forbidden */
export async function listLabels(context: Context, input: z.input<typeof listLabelsInput>): Promise<Label[]> {
  authorize(context.actor, "read");
  const { name, matchers: wanted } = parseInput(listLabelsInput, input, "The query");
  const values = [name, JSON.stringify(wanted)];
  return facetCache(context).get(JSON.stringify(["labels", ...values]), async () => {
    const { rows } = await context.sql.query<Label>({ name: "list-labels", text: LIST_LABELS, values }).catch(rethrow);
    return rows;
  });
}

/** The values of one label that begin with what was typed; those of most series first. @throws Problem invalid, forbidden */
export async function listLabelValues(
  context: Context,
  input: z.input<typeof listLabelValuesInput>,
): Promise<LabelValue[]> {
  authorize(context.actor, "read");
  const { name, matchers: wanted, label, query, limit } = parseInput(listLabelValuesInput, input, "The query");
  const values = [name, JSON.stringify(wanted), label, query, limit];
  return facetCache(context).get(JSON.stringify(["values", ...values]), async () => {
    const { rows } = await context.sql
      .query<LabelValue>({ name: "list-label-values", text: LIST_VALUES, values })
      .catch(rethrow);
    return rows;
  });
}

function rethrow(error: unknown): never {
  throw asProblem(error);
}
