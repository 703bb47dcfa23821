import type { MetricInfo, RecorderScope } from "./define-recorder";
import * as recorders from "./recorders";

/** One of the product's own metrics. */
export interface OwnMetric extends MetricInfo {
  name: string;
  scope: RecorderScope;
}

/** Every metric that the product records about itself and its host: the one table of names, units, titles, descriptions. */
export const OWN_METRICS: readonly OwnMetric[] = Object.values(recorders).flatMap(({ metrics, scope }) =>
  Object.entries(metrics).map(([name, info]) => ({ name, scope, ...info })),
);

const byName = new Map(OWN_METRICS.map((metric) => [metric.name, metric]));

export function findOwnMetric(name: string): OwnMetric | undefined {
  return byName.get(name);
}
