import { z } from "zod";
import { formatDuration } from "@/lib/core/format";
import { defineSource } from "../define-source";
import { matchersOf } from "../matchers";
import * as fields from "./fields";
import { groupKey, indexSeries, readSeries } from "./metric-values";

const config = z.strictObject({
  metric: fields.metric,
  matchers: fields.matchers,
  windowSeconds: fields.windowOf(300),
});

/** A series that said nothing for so long was given up: it is no alert any more. */
const FORGOTTEN_MS = 86_400_000;

const READ = `
  SELECT s.id, greatest(plain.at, spread.at) AS at FROM unnest($1::int[]) AS s(id)
  LEFT JOIN LATERAL (SELECT max(recorded_at) AS at FROM system_metrics WHERE series_id = s.id AND recorded_at > $2) plain ON true
  LEFT JOIN LATERAL (SELECT max(recorded_at) AS at FROM metric_distributions WHERE series_id = s.id AND recorded_at > $2) spread ON true`;

export const noData = defineSource({
  label: "No data",
  description: "A metric that came until now comes no more; each of its series is an alert of its own.",
  config,
  example: { metric: "cpu_usage", windowSeconds: 300 },
  read: async (rules, context) => {
    const find = indexSeries(
      await readSeries(
        context,
        rules.map(({ config: options }) => options.metric),
      ),
    );
    const now = context.now().getTime();
    const found = rules.map(({ config: options }) => find(options.metric, matchersOf(options.matchers)));
    const { rows } = await context.sql.query<{ id: number; at: Date | null }>(READ, [
      [...new Set(found.flat().map(({ id }) => id))],
      new Date(now - FORGOTTEN_MS),
    ]);
    const latest = new Map(rows.map(({ id, at }) => [id, at]));
    return new Map(
      rules.map(({ id, config: { metric, windowSeconds } }, index) => [
        id,
        (found[index] ?? []).flatMap(({ id: seriesId, labels }) => {
          const at = latest.get(seriesId);
          if (!at) return [];
          const ageSeconds = Math.max(0, (now - at.getTime()) / 1000);
          const subject = [metric, ...Object.entries(labels).map(([label, text]) => `${label} ${text}`)].join(", ");
          return [
            {
              key: groupKey(labels),
              subject,
              labels: { ...labels, metric },
              holds: ageSeconds > windowSeconds,
              value: Math.round(ageSeconds),
              threshold: windowSeconds,
              unit: "s",
              summary: `${subject} sent nothing for ${formatDuration(ageSeconds)} (limit ${formatDuration(windowSeconds)}).`,
            },
          ];
        }),
      ]),
    );
  },
});
