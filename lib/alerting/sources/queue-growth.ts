import { z } from "zod";
import { formatCount, formatDuration } from "@/lib/core/format";
import { defineSource } from "../define-source";
import { matchersOf } from "../matchers";
import * as fields from "./fields";
import { indexSeries, readSeries, groupKey } from "./metric-values";

const config = z.strictObject({
  metric: fields.metricOr("queue_size"),
  matchers: fields.matchers,
  windowSeconds: fields.windowOf(900),
  growth: z.number("must be a number").positive("must be more than 0").default(100).meta({
    title: "Grew by more than",
    description: "Jobs more at the end of the window than at its start.",
  }),
});

const MIN_SAMPLES = 3;

/** A queue that is long but shrinks is being worked on; one that grows all the time is not. */
export const queueGrowth = defineSource({
  label: "Queue growth",
  description: "A queue grew over a window: work comes faster than it is done.",
  config,
  example: { metric: "queue_size", windowSeconds: 900, growth: 100 },
  read: async (rules, context) => {
    const find = indexSeries(
      await readSeries(
        context,
        rules.map(({ config: options }) => options.metric),
      ),
    );
    const now = context.now();
    const found = new Map(
      rules.map(({ id, config: options }) => [id, find(options.metric, matchersOf(options.matchers))]),
    );
    const longest = Math.max(...rules.map(({ config: { windowSeconds } }) => windowSeconds));
    const { rows } = await context.sql.query<{ id: number; at: Date[]; values: number[] }>(
      `SELECT series_id AS id, array_agg(recorded_at ORDER BY recorded_at) AS at, array_agg(value ORDER BY recorded_at) AS values
       FROM system_metrics WHERE series_id = ANY($1) AND recorded_at > $2 AND recorded_at <= $3 GROUP BY series_id`,
      [[...found.values()].flat().map(({ id }) => id), new Date(now.getTime() - longest * 1000), now],
    );
    const samples = new Map(rows.map((row) => [row.id, row]));
    return new Map(
      rules.map(({ id, config: { metric, windowSeconds, growth } }) => [
        id,
        (found.get(id) ?? []).map(({ id: seriesId, labels, unit }) => {
          const since = now.getTime() - windowSeconds * 1000;
          const row = samples.get(seriesId);
          const values = row?.values.filter((_, index) => (row.at[index]?.getTime() ?? 0) > since) ?? [];
          const grown = values.length >= MIN_SAMPLES ? (values.at(-1) ?? 0) - (values[0] ?? 0) : null;
          const subject = [metric, ...Object.entries(labels).map(([label, text]) => `${label} ${text}`)].join(", ");
          const over = `in the last ${formatDuration(windowSeconds)}`;
          return {
            key: groupKey(labels),
            subject,
            labels: { ...labels, metric },
            holds: grown === null ? null : grown > growth,
            value: grown,
            threshold: growth,
            unit,
            summary:
              grown === null
                ? `${subject} has too few samples ${over}.`
                : `${subject} grew by ${formatCount(grown)} ${over} to ${formatCount(values.at(-1) ?? 0)} (limit ${formatCount(growth)}).`,
          };
        }),
      ]),
    );
  },
});
