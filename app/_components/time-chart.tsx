"use client";

import { ChartBody } from "./chart-body";
import type { TimeChartProps } from "./chart-types";

/**
 * A line chart over time in its own frame: drawn by the server at first paint, with one cursor shared by all charts of the page.
 * Zero based, gaps stay gaps, the newest unfinished point is dotted, thresholds and incidents are drawn, and a table stands behind it.
 */
export function TimeChart(chart: TimeChartProps) {
  return (
    <figure className="min-w-0 rounded-lg border border-line bg-surface p-4">
      <ChartBody chart={chart} heading={<h3 className="text-sm font-semibold text-ink">{chart.title}</h3>} />
    </figure>
  );
}
