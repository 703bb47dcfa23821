import { z } from "zod";
import { metricName } from "@/lib/metrics/sample";
import { defineSource } from "../define-source";
import { fits, matchersOf } from "../matchers";
import * as fields from "./fields";
import { groupKey } from "./metric-values";

const config = z.strictObject({
  metric: metricName.optional().meta({ title: "Metric", description: "Its name. Where empty, every metric." }),
  matchers: fields.matchers,
  minimumScore: z
    .number("must be a number")
    .min(0.5, "must be from 0.5 to 1")
    .max(1, "must be from 0.5 to 1")
    .default(0.9)
    .meta({ title: "Score of at least", description: "From 0.5 (a little odd) to 1 (never seen before)." }),
  windowSeconds: fields.windowOf(900),
});

interface Row {
  name: string;
  unit: string;
  metadata: Record<string, unknown>;
  score: number;
  value: number;
  reason: string;
}

/** What somebody marked as expected is none. */
const READ = `
  SELECT DISTINCT ON (a.series_id) s.name, s.unit, s.metadata, a.score, a.value, a.reason
  FROM metric_anomalies a JOIN metric_series s ON s.id = a.series_id
  WHERE a.at > $1 AND a.expected_at IS NULL ORDER BY a.series_id, a.score DESC LIMIT 10000`;

export const anomaly = defineSource({
  label: "Anomaly",
  description: "The anomaly detector found something odd in a series; it is over when nothing odd came for a window.",
  config,
  example: { metric: "request_rate", minimumScore: 0.9 },
  read: async (rules, { sql, now }) => {
    const longest = Math.max(...rules.map(({ config: { windowSeconds } }) => windowSeconds));
    const byWindow = new Map<number, Row[]>();
    for (const window of new Set(rules.map(({ config: { windowSeconds } }) => windowSeconds))) {
      const since = new Date(now().getTime() - Math.min(window, longest) * 1000);
      byWindow.set(window, (await sql.query<Row>(READ, [since])).rows);
    }
    return new Map(
      rules.map(({ id, config: { metric, matchers, minimumScore, windowSeconds } }) => [
        id,
        (byWindow.get(windowSeconds) ?? []).flatMap(({ name, unit, metadata, score, value, reason }) => {
          const labels = Object.fromEntries(Object.entries(metadata).map(([label, text]) => [label, String(text)]));
          if (score < minimumScore || (metric !== undefined && metric !== name)) return [];
          if (!fits(labels, matchersOf(matchers))) return [];
          const subject = [name, ...Object.entries(labels).map(([label, text]) => `${label} ${text}`)].join(", ");
          return [
            {
              key: `${name},${groupKey(labels)}`,
              subject,
              labels: { ...labels, metric: name },
              holds: true,
              value,
              threshold: null,
              unit,
              summary: `${subject}: ${reason}`,
            },
          ];
        }),
      ]),
    );
  },
});
